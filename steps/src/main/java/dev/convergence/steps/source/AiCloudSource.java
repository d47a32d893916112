package dev.convergence.steps.source;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.step.StepContext;
import dev.convergence.steps.landing.LandedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The cost and usage reports of OpenAI and Anthropic, asked with the tenant's own key for the
/// run's days.
final class AiCloudSource implements Source {

    private final CloudApis apis;

    AiCloudSource(CloudApis apis) {
        this.apis = apis;
    }

    static Optional<AiVendor> vendor(Format format) {
        return switch (format.name()) {
            case AiUsageFormats.OPENAI -> Optional.of(AiVendor.OPENAI);
            case AiUsageFormats.CLAUDE -> Optional.of(AiVendor.ANTHROPIC);
            default -> Optional.empty();
        };
    }

    @Override
    public Fetched fetch(StepContext context, Format format) throws IOException {
        AiVendor vendor = vendor(format).orElseThrow();
        Map<String, Object> credential = credential(context, vendor);
        Object key = credential.get("api_key");
        if (key == null || key.toString().isBlank()) {
            throw missing(vendor, "has no field api_key");
        }
        List<LandedFile> files = new ArrayList<>();
        List<Checkpoint> checkpoints = new ArrayList<>();
        Optional<String> organization =
                Optional.ofNullable(credential.get("organization_id")).map(Object::toString);
        List<String> answered = new ArrayList<>();
        AiBuckets buckets = AiBuckets.of(context.parameters());
        String plain = key.toString().strip(); // a line end comes along with what was copied
        for (Report report : vendor.reports(apis, context.window(), buckets, plain)) {
            Checkpoint checkpoint =
                    new Checkpoint(folder(context, report, plain), context.run().toString());
            checkpoints.add(checkpoint);
            ReportReading reading = new ReportReading(context, apis, report, checkpoint);
            List<Path> pages = reading.pages();
            files.addAll(copied(context, report, pages));
            if (!pages.isEmpty()) {
                answered.add(report.optional() ? AiUsageFormats.USAGE : AiUsageFormats.COSTS);
            }
            organization = organization.or(() -> reading.header(vendor.organizationHeader()));
        }
        context.confirm();
        for (Checkpoint checkpoint : checkpoints) {
            checkpoint.clear();
        }
        return new Fetched(
                files,
                true,
                organization.map(id -> Map.of("organization_id", id)).orElse(Map.of()),
                new WholeReports(answered));
    }

    private static Map<String, Object> credential(StepContext context, AiVendor vendor) {
        return vendor.credentials().stream()
                .flatMap(name -> context.credential(name, false).stream())
                .findFirst()
                .orElseThrow(() -> missing(vendor, "is not stored"));
    }

    private static EngineException missing(AiVendor vendor, String what) {
        return new EngineException(
                ErrorCode.INTEGRATION_NOT_CONFIGURED,
                "The tenant's credential of %s %s; store it as {\"api_key\": …}."
                        .formatted(vendor.title(), what));
    }

    /// The same report, asked with the same key, has the same folder; the key itself is in no name.
    private Path folder(StepContext context, Report report, String key) {
        String asked = context.tenant() + "\n" + report.first() + "\n" + key;
        return apis.checkpoints().resolve(context.tenant().value()).resolve(hash(asked));
    }

    private static String hash(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Into the run's own folder, where nobody else changes them. A blank page of usage may hold
    /// the same bytes as one of costs, and says nothing.
    private static List<LandedFile> copied(StepContext context, Report report, List<Path> pages)
            throws IOException {
        Path folder = context.workspace().directory().resolve(context.stepId() + "-" + report);
        Files.createDirectories(folder);
        List<LandedFile> files = new ArrayList<>();
        for (Path page : pages) {
            if (report.optional() && Pages.isBlank(JsonText.parse(Files.readString(page)))) {
                continue;
            }
            Path copy = folder.resolve(page.getFileName());
            Files.copy(page, copy, StandardCopyOption.REPLACE_EXISTING);
            String name = "cloud/" + report + "/" + page.getFileName();
            files.add(LandedFile.of(name, copy));
        }
        return files;
    }
}
