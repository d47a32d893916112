package dev.convergence.steps.sample;

import static dev.convergence.steps.sample.Row.facts;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The detailed billing export of Google Cloud as JSON lines.
///
/// Of each 40 lines of a day one is tax, one an adjustment (negative), one a rounding error; each
/// seventh has a credit. The invoice month is that of Pacific time, as in the real export: the
/// first hours of a month in UTC belong to the invoice before.
final class GcpBilling implements Shape.JsonLines {

    private static final ZoneId PACIFIC = ZoneId.of("America/Los_Angeles");
    private static final DateTimeFormatter MONTH =
            DateTimeFormatter.ofPattern("uuuuMM", Locale.ROOT);
    private static final int CYCLE = 40;
    private static final int CREDIT_EACH = 7;
    private static final int AMOUNT_SCALE = 3;
    private static final long AMOUNT_MAX = 90_000;
    private static final BigDecimal LIST_MARKUP = new BigDecimal("1.2");
    private static final BigDecimal CREDIT_SHARE = new BigDecimal("-0.2");
    private static final Duration EXPORT_DELAY = Duration.ofHours(5);
    private static final Duration LATE_DELAY = Duration.ofDays(2);
    private static final List<String> REGIONS =
            List.of("us-central1", "europe-west1", "asia-south1");
    private static final List<String> PROJECTS = List.of("shop", "analytics", "platform");
    private static final List<Offer> OFFERS =
            Offer.catalog(
                    """
                    6F81-5844-456A | Compute Engine | CP01-0001-A001 | E2 Instance Core    | hour           | Compute   | Virtual Machines     | 0.02181
                    6F81-5844-456A | Compute Engine | CP01-0002-A002 | E2 Instance Ram     | gibibyte hour  | Compute   | Virtual Machines     | 0.00292
                    95FF-2EF5-5EA1 | Cloud Storage  | CA01-0001-A003 | Standard Storage    | gibibyte month | Storage   | Object Storage       | 0.02
                    24E6-581D-38E5 | BigQuery       | BA01-0001-A004 | Analysis            | tebibyte       | Analytics | Data Warehouses      | 6.25
                    9662-B51E-5089 | Cloud SQL      | DB01-0001-A005 | PostgreSQL vCPU     | hour           | Databases | Relational Databases | 0.0413
                    152E-C115-5142 | Cloud Run      | CE01-0001-A006 | CPU Allocation Time | second         | Compute   | Serverless Compute   | 0.00002
                    """);

    @Override
    public Row row(SampleLine line) {
        Dice dice = line.dice();
        Offer offer = dice.pick(OFFERS);
        String region = dice.pick(REGIONS);
        String project = dice.pick(PROJECTS);
        BigDecimal amount = dice.amount(AMOUNT_MAX, AMOUNT_SCALE);
        String type = costType(line.index());
        BigDecimal cost = line.restate(cost(type, amount, offer.price()));
        return new Row()
                .with("billing_account_id", account(line))
                .with("service", facts("id", offer.service(), "description", offer.serviceName()))
                .with("sku", facts("id", offer.sku(), "description", offer.skuName()))
                .with("usage_start_time", line.start().toString())
                .with("usage_end_time", line.end().toString())
                .with("project", project(line, project))
                .with("labels", labels(dice.pick(List.of("prod", "dev")), project))
                .with("system_labels", List.of(label("compute.googleapis.com/cores", "4")))
                .with("location", location(region))
                .with("cost", cost)
                .with("currency", "USD")
                .with("currency_conversion_rate", BigDecimal.ONE)
                .with("usage", usage(amount, offer.unit()))
                .with("credits", credits(line, type, cost))
                .with("invoice", facts("month", invoiceMonth(line), "publisher_type", "GOOGLE"))
                .with("cost_type", type)
                .with("adjustment_info", adjustment(type))
                .with("tags", List.of())
                .with("export_time", exportTime(line))
                .with("cost_at_list", cost.multiply(LIST_MARKUP))
                .with("transaction_type", "GOOGLE")
                .with("seller_name", null)
                .with("consumption_model", facts("id", "7754-699E-0EBF", "description", "Default"))
                .with("price", price(offer))
                .with("resource", resource(line, project))
                .with("subscription", facts("instance_id", null));
    }

    private static String costType(int index) {
        return switch (index % CYCLE) {
            case 37 -> "tax";
            case 38 -> "adjustment";
            case 39 -> "rounding_error";
            default -> "regular";
        };
    }

    private static BigDecimal cost(String type, BigDecimal amount, BigDecimal price) {
        return switch (type) {
            case "adjustment" -> amount.multiply(price).negate();
            case "rounding_error" -> new BigDecimal("0.000001");
            default -> amount.multiply(price);
        };
    }

    /// Three groups of six hexadecimal digits.
    static String account(SampleLine line) {
        return line.id(18, "gcp-account")
                .toUpperCase(Locale.ROOT)
                .replaceFirst("(.{6})(.{6})(.{6})", "$1-$2-$3");
    }

    private static Map<String, @Nullable Object> project(SampleLine line, String name) {
        return facts(
                "id",
                name + "-" + line.id(6, name),
                "number",
                line.number(12, name),
                "name",
                name,
                "ancestry_numbers",
                "/" + line.number(12, "organization") + "/",
                "ancestors",
                List.of(),
                "labels",
                List.of(label("owner", name)));
    }

    private static List<Object> labels(String environment, String team) {
        return List.of(label("env", environment), label("team", team));
    }

    private static Map<String, @Nullable Object> label(String key, String value) {
        return facts("key", key, "value", value);
    }

    private static Map<String, @Nullable Object> location(String region) {
        return facts(
                "location",
                region,
                "country",
                region.substring(0, 2).toUpperCase(Locale.ROOT),
                "region",
                region,
                "zone",
                region + "-a");
    }

    private static Map<String, @Nullable Object> usage(BigDecimal amount, String unit) {
        return facts(
                "amount", amount,
                "unit", unit,
                "amount_in_pricing_units", amount,
                "pricing_unit", unit);
    }

    private static List<Object> credits(SampleLine line, String type, BigDecimal cost) {
        if (!type.equals("regular") || line.index() % CREDIT_EACH != 0) {
            return List.of();
        }
        return List.of(
                facts(
                        "id", "sustained-use",
                        "full_name", "Sustained use discount",
                        "type", "SUSTAINED_USAGE_DISCOUNT",
                        "name", "Sustained use discount",
                        "amount", cost.multiply(CREDIT_SHARE)));
    }

    private static String invoiceMonth(SampleLine line) {
        var month = line.start().atZone(PACIFIC);
        return MONTH.format(line.crossMonth() ? month.plusMonths(1) : month);
    }

    private static @Nullable Object adjustment(String type) {
        return type.equals("adjustment")
                ? facts(
                        "id", "adj-1",
                        "description", "Correction of usage",
                        "type", "USAGE_CORRECTION",
                        "mode", "PARTIAL_CORRECTION")
                : null;
    }

    private static String exportTime(SampleLine line) {
        return line.end().plus(line.late() ? LATE_DELAY : EXPORT_DELAY).toString();
    }

    private static Map<String, @Nullable Object> price(Offer offer) {
        return facts(
                "effective_price",
                offer.price(),
                "tier_start_amount",
                BigDecimal.ZERO,
                "unit",
                offer.unit(),
                "pricing_unit_quantity",
                BigDecimal.ONE);
    }

    private static Map<String, @Nullable Object> resource(SampleLine line, String project) {
        String name = project + "-" + line.id(8, "resource-" + line.dice().below(20));
        return facts("name", name, "global_name", "//compute.googleapis.com/" + name);
    }
}
