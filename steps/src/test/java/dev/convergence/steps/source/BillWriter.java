package dev.convergence.steps.source;

import dev.convergence.steps.LoadFixture.Bill;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Writes lines of bills as each provider does.
enum BillWriter {
    GCP(Bill.GCP, "bill.jsonl", "cost", "billing_account_id", "usage_start_time::DATE") {
        @Override
        String text(List<Line> lines) {
            return lines.stream()
                    .map(line ->
                            """
                            {"billing_account_id":"%s","service":{"id":"6F81","description":"Compute Engine"},\
                            "sku":{"id":"S1","description":"Core"},"usage_start_time":"%sT10:00:00Z",\
                            "usage_end_time":"%sT11:00:00Z","cost":%s,"currency":"USD","credits":[],\
                            "invoice":{"month":"%s"},"cost_type":"regular"}
                            """
                                    .formatted(
                                            line.account(),
                                            line.day(),
                                            line.day(),
                                            line.cost().toPlainString(),
                                            line.month().format(YEAR_MONTH)))
                    .collect(Collectors.joining());
        }
    },
    AWS(Bill.AWS, "bill.csv", "unblended_cost", "payer_account_id", "usage_start_time::DATE") {
        @Override
        String text(List<Line> lines) {
            return csv(
                    "aws_cur2",
                    lines,
                    line ->
                            Map.of(
                                    "bill_payer_account_id", line.account(),
                                    "bill_billing_period_start_date",
                                            line.month().atDay(1) + "T00:00:00.000Z",
                                    "bill_billing_period_end_date",
                                            line.month().plusMonths(1).atDay(1) + "T00:00:00.000Z",
                                    "line_item_usage_start_date", line.day() + "T10:00:00.000Z",
                                    "line_item_usage_end_date", line.day() + "T11:00:00.000Z",
                                    "line_item_unblended_cost", line.cost().toPlainString()));
        }
    },
    AZURE(Bill.AZURE, "bill.csv", "billed_cost", "billing_account_id", "usage_date") {
        @Override
        String text(List<Line> lines) {
            return csv(
                    "azure_actual",
                    lines,
                    line ->
                            Map.of(
                                    "BillingAccountId", line.account(),
                                    "BillingPeriodStartDate",
                                            line.month().atDay(1).format(AMERICAN),
                                    "BillingPeriodEndDate",
                                            line.month().atEndOfMonth().format(AMERICAN),
                                    "Date", line.day().format(AMERICAN),
                                    "CostInBillingCurrency", line.cost().toPlainString()));
        }
    },
    OCI(Bill.OCI, "bill.csv", "cost", "tenant_id", "usage_start_time::DATE") {
        @Override
        String text(List<Line> lines) {
            return csv(
                    "oci",
                    lines,
                    line ->
                            Map.of(
                                    "lineItem/tenantId",
                                    line.account(),
                                    "lineItem/intervalUsageStart",
                                    line.day() + "T10:00Z",
                                    "lineItem/intervalUsageEnd",
                                    line.day() + "T11:00Z",
                                    "cost/myCost",
                                    line.cost().toPlainString()));
        }

        @Override
        String period(Line line) {
            return YearMonth.from(line.day()).toString();
        }
    },
    OPENAI(Bill.OPENAI, "bill.jsonl", "cost", "organization_id", "usage_date") {
        @Override
        String text(List<Line> lines) {
            return page(
                    lines,
                    day ->
                            "\"start_time\":%d,\"end_time\":%d"
                                    .formatted(
                                            day.atStartOfDay(ZoneOffset.UTC).toEpochSecond(),
                                            day.plusDays(1)
                                                    .atStartOfDay(ZoneOffset.UTC)
                                                    .toEpochSecond()),
                    line ->
                            line.isUsage()
                                    ? "{\"input_tokens\":%d,\"num_model_requests\":1,\"model\":\"m\",\"organization_id\":\"%s\"}"
                                            .formatted(line.tokens(), line.account())
                                    : "{\"amount\":{\"value\":\"%s\",\"currency\":\"usd\"},\"line_item\":\"m, input\",\"organization_id\":\"%s\"}"
                                            .formatted(
                                                    line.cost().toPlainString(), line.account()));
        }

        @Override
        boolean isOfDays() {
            return true;
        }
    },
    CLAUDE(Bill.CLAUDE, "bill.jsonl", "cost", "organization_id", "usage_date") {
        @Override
        String text(List<Line> lines) {
            return page(
                    lines,
                    day ->
                            "\"starting_at\":\"%sT00:00:00Z\",\"ending_at\":\"%sT00:00:00Z\""
                                    .formatted(day, day.plusDays(1)),
                    line ->
                            line.isUsage()
                                    ? "{\"uncached_input_tokens\":%d,\"output_tokens\":0,\"model\":\"m\",\"organization_id\":\"%s\"}"
                                            .formatted(line.tokens(), line.account())
                                    : "{\"amount\":\"%s\",\"currency\":\"USD\",\"model\":\"m\",\"description\":\"d\",\"organization_id\":\"%s\"}"
                                            .formatted(
                                                    line.cost().movePointRight(2).toPlainString(),
                                                    line.account()));
        }

        @Override
        boolean isOfDays() {
            return true;
        }
    };

    private static final DateTimeFormatter YEAR_MONTH = DateTimeFormatter.ofPattern("yyyyMM");
    private static final DateTimeFormatter AMERICAN = DateTimeFormatter.ofPattern("MM/dd/yyyy");

    final Bill bill;
    final String file;

    /// What is billed, whose it is, and its day, in the raw table.
    final String cost;

    final String account;
    final String day;

    BillWriter(Bill bill, String file, String cost, String account, String day) {
        this.bill = bill;
        this.file = file;
        this.cost = cost;
        this.account = account;
        this.day = day;
    }

    /// A line of a bill: billed in a month that need not be the one of its day.
    ///
    /// @param isUsage whether it says what was used and not what it costs; of language models only
    record Line(String account, LocalDate day, YearMonth month, BigDecimal cost, boolean isUsage) {

        long tokens() {
            return cost.unscaledValue().abs().longValueExact();
        }
    }

    abstract String text(List<Line> lines);

    /// Whether its reports are of days, and know no billing period.
    boolean isOfDays() {
        return false;
    }

    /// The billing period that a line falls into.
    String period(Line line) {
        return line.month().toString();
    }

    /// A row of cells under their names, beside those of the first line of a golden bill.
    interface Cells {
        Map<String, String> of(Line line);
    }

    private static String csv(String golden, List<Line> lines, Cells cells) {
        GoldenBill bill =
                GoldenBill.ALL.stream()
                        .filter(one -> one.name().equals(golden))
                        .findFirst()
                        .orElseThrow();
        List<List<String>> rows = bill.rows();
        List<String> header = rows.getFirst();
        List<List<String>> written = new ArrayList<>(List.of(header));
        for (Line line : lines) {
            List<String> row = new ArrayList<>(rows.get(1));
            cells.of(line).forEach((name, value) -> row.set(header.indexOf(name), value));
            written.add(row);
        }
        return GoldenBill.written(written, ',');
    }

    /// What stands in a bucket beside its results.
    interface Bucket {
        String of(LocalDate day);
    }

    /// One result of a bucket.
    interface Result {
        String of(Line line);
    }

    /// A page of costs and one of usage, each with a bucket for each day.
    private static String page(List<Line> lines, Bucket bucket, Result result) {
        Map<Boolean, Map<LocalDate, List<String>>> reports = new HashMap<>();
        for (Line line : lines) {
            reports.computeIfAbsent(line.isUsage(), _ -> new TreeMap<>())
                    .computeIfAbsent(line.day(), _ -> new ArrayList<>())
                    .add(result.of(line));
        }
        return reports.values().stream()
                .map(days ->
                        days.entrySet().stream()
                                .map(day ->
                                        "{%s,\"results\":[%s]}"
                                                .formatted(
                                                        bucket.of(day.getKey()),
                                                        String.join(",", day.getValue())))
                                .collect(
                                        Collectors.joining(
                                                ",",
                                                "{\"data\":[",
                                                "],\"has_more\":false,\"next_page\":null}\n")))
                .collect(Collectors.joining());
    }
}
