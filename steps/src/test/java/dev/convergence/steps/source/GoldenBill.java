package dev.convergence.steps.source;

import dev.convergence.steps.LoadFixture.Bill;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.SequenceWriter;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvReadFeature;
import tools.jackson.dataformat.csv.CsvSchema;

/// A small good bill of one layout, and how it can be changed.
///
/// @param cost of CSV the column of what is billed; of JSON the text before its first amount; empty
///   for what holds no money
record GoldenBill(String name, String file, Bill bill, String cost) {

    static final List<GoldenBill> ALL =
            List.of(
                    csv("aws_cur2", Bill.AWS, "line_item_unblended_cost"),
                    csv("aws_legacy", Bill.AWS, "lineItem/UnblendedCost"),
                    csv("azure_actual", Bill.AZURE, "CostInBillingCurrency"),
                    csv("azure_amortized", Bill.AZURE, "CostInBillingCurrency"),
                    csv("azure_german", Bill.AZURE, "PreTaxCost (PreTaxCost)"),
                    csv("azure_mca", Bill.AZURE, "costInBillingCurrency"),
                    csv("oci", Bill.OCI, "cost/myCost"),
                    csv("gcp_csv", Bill.GCP, "cost"),
                    csv("focus_aws_1_0", Bill.FOCUS, "BilledCost"),
                    csv("focus_azure_1_2", Bill.FOCUS, "BilledCost"),
                    csv("focus_aws_1_2", Bill.FOCUS, "BilledCost"),
                    csv("focus_1_4", Bill.FOCUS, "BilledCost"),
                    json("gcp_json", Bill.GCP, "\"cost\": "),
                    json("openai", Bill.OPENAI, "\"value\":"),
                    json("claude", Bill.CLAUDE, "\"amount\":"),
                    json("gcp_findings", Bill.FINDINGS, ""),
                    json("azure_policy", Bill.POLICIES, ""),
                    json("aws_hub", Bill.HUB, ""),
                    json("azure_assessments", Bill.ASSESSMENTS, ""),
                    json("gcp_assets", Bill.ASSETS, ""));

    private static final CsvMapper CSV =
            CsvMapper.builder().enable(CsvReadFeature.WRAP_AS_ARRAY).build();

    private static GoldenBill csv(String name, Bill bill, String cost) {
        return new GoldenBill(name, "bill.csv", bill, cost);
    }

    private static GoldenBill json(String name, Bill bill, String cost) {
        return new GoldenBill(name, "bill.jsonl", bill, cost);
    }

    boolean isCsv() {
        return file.endsWith(".csv");
    }

    boolean hasMoney() {
        return !cost.isEmpty();
    }

    boolean isMarked() {
        return text().startsWith("\uFEFF");
    }

    /// Where it lies in the landing zone.
    String path() {
        return folder() + file;
    }

    String folder() {
        return bill.provider + "/" + bill.domain + "/";
    }

    byte[] content() {
        try (var resource = GoldenBill.class.getResourceAsStream("/golden/" + name + "/" + file)) {
            return Objects.requireNonNull(resource, name).readAllBytes();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    String text() {
        return new String(content(), StandardCharsets.UTF_8);
    }

    /// With another first amount.
    String withCost(String amount) {
        return isCsv() ? withCost(amount, ',') : replaceAmount(amount);
    }

    /// The same, with another sign between its values.
    String withCost(String amount, char separator) {
        List<List<String>> rows = rows();
        rows.get(1).set(rows.getFirst().indexOf(cost), amount);
        return written(rows, separator);
    }

    private String replaceAmount(String amount) {
        String text = text();
        int from = text.indexOf(cost) + cost.length();
        int to = from;
        while (",}".indexOf(text.charAt(to)) < 0) {
            to++;
        }
        return text.substring(0, from) + amount + text.substring(to);
    }

    /// With another name for what is billed.
    String withoutCost() {
        return isCsv()
                ? changed(rows -> rows.getFirst().set(rows.getFirst().indexOf(cost), "Xost"))
                : text().replace(cost, "\"xost\":");
    }

    /// With another column of that name.
    String withCostTwice() {
        return changed(rows -> rows.forEach(row -> row.add(row == rows.getFirst() ? cost : "1")));
    }

    /// With one more field under a name of somebody's choice.
    String withField(String name) {
        return isCsv()
                ? changed(rows -> rows.forEach(row -> row.add(row == rows.getFirst() ? name : "1")))
                : text().replaceFirst(
                                "\\{",
                                Matcher.quoteReplacement(
                                        "{\"" + name.replace("\"", "\\\"") + "\": 1, "));
    }

    /// With one more line, which cannot be read.
    String withBadLine() {
        return text().strip() + "\n" + (isCsv() ? "1,2\n" : "{\"cost\": oops\n");
    }

    /// The same values with another sign between them.
    String separatedBy(char separator) {
        return written(rows(), separator);
    }

    private String changed(Consumer<List<List<String>>> change) {
        List<List<String>> rows = rows();
        change.accept(rows);
        return written(rows, ',');
    }

    List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        String plain = text().replace("\uFEFF", "");
        try (MappingIterator<String[]> all = CSV.readerFor(String[].class).readValues(plain)) {
            all.forEachRemaining(row -> rows.add(new ArrayList<>(List.of(row))));
        }
        return rows;
    }

    static String written(List<List<String>> rows, char separator) {
        StringWriter text = new StringWriter();
        CsvSchema schema = CsvSchema.emptySchema().withColumnSeparator(separator);
        try (SequenceWriter writer = CSV.writer(schema).writeValues(text)) {
            rows.forEach(row -> writer.write(row.toArray(String[]::new)));
        }
        return text.toString();
    }

    /// The first line, without its end.
    String header() {
        return text().lines().findFirst().orElseThrow();
    }

    @Override
    public String toString() {
        return name;
    }
}
