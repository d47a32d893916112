package dev.convergence.steps.quality;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a pipeline says about a suite: which rules end how, which tags its tenant requires, what
/// tokens cost there.
final class SuiteSettings {

    private static final int TAGS_MAX = 50;
    private static final int PRICES_MAX = 500;

    private final RuleActions actions;
    private final List<String> requiredTags;
    private final Optional<BigDecimal> tagTarget;
    private final List<TokenPrice> prices;

    private SuiteSettings(Map<String, Object> settings) {
        this.actions = RuleActions.of(settings);
        this.requiredTags =
                list(settings, "required_tags", TAGS_MAX).stream().map(String::valueOf).toList();
        this.tagTarget = Optional.ofNullable(settings.get("tag_target")).map(SuiteSettings::share);
        List<TokenPrice> list = new ArrayList<>();
        list(settings, "price_list", PRICES_MAX).forEach(entry -> list.add(price(entry)));
        this.prices = list;
    }

    /// @throws EngineException INVALID_PARAMETER for a value that cannot be
    static SuiteSettings of(Map<String, Object> settings) {
        return new SuiteSettings(settings);
    }

    Suite applyTo(Suite suite) {
        return new Suite(
                suite.name(),
                suite.description(),
                suite.table(),
                suite.key(),
                suite.rules().stream().map(this::applyTo).toList());
    }

    private Rule applyTo(Rule rule) {
        Rule acting = actions.applyTo(rule);
        return switch (rule.expectation()) {
            case TagCoverage tags ->
                    acting.wanting(tags.requiring(requiredTags, tagTarget.orElse(tags.target())));
            case CostsMatchPrices costs -> acting.wanting(costs.with(prices));
            default -> acting;
        };
    }

    private static List<?> list(Map<String, Object> settings, String field, int max) {
        Object given = settings.getOrDefault(field, List.of());
        if (!(given instanceof List<?> entries) || entries.size() > max) {
            throw refusal(field, "must be a list of at most " + max + " entries.");
        }
        return entries;
    }

    private static BigDecimal share(Object given) {
        BigDecimal share = number("tag_target", given);
        if (share.signum() < 0 || share.compareTo(BigDecimal.ONE) > 0) {
            throw refusal("tag_target", "must be a share from 0 to 1.");
        }
        return share;
    }

    /// A kind of tokens without a price of its own costs what input costs.
    private static TokenPrice price(Object entry) {
        if (!(entry instanceof Map<?, ?> price) || price.get("model") == null) {
            throw refusal("price_list", "needs objects with model, input and output.");
        }
        BigDecimal input = number("price_list", price.get("input"));
        return new TokenPrice(
                price.get("model").toString(),
                input,
                number("price_list", orElse(price.get("cached_input"), input)),
                number("price_list", orElse(price.get("cache_write"), input)),
                number("price_list", price.get("output")),
                orElse(price.get("currency"), "USD").toString());
    }

    private static Object orElse(@Nullable Object value, Object otherwise) {
        return value == null ? otherwise : value;
    }

    private static BigDecimal number(String field, @Nullable Object given) {
        try {
            return new BigDecimal(String.valueOf(given));
        } catch (NumberFormatException e) {
            throw refusal(field, "'" + given + "' is not a number.");
        }
    }

    private static EngineException refusal(String field, String sentence) {
        return new EngineException(ErrorCode.INVALID_PARAMETER, field + ": " + sentence);
    }
}
