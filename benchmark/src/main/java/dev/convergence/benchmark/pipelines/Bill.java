package dev.convergence.benchmark.pipelines;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A kind of bill that is measured.
///
/// The generator writes a month of lines; `mark` stands in each of them once, and what is written
/// behind it makes a line of a longer bill another resource's.
enum Bill {
    FOCUS_CSV("FOCUS 1.2, CSV", "focus", "focus", "focus_cost_usage", Shape.CSV, "res/"),
    FOCUS_PARQUET(
            "FOCUS 1.2, Parquet", "focus", "focus", "focus_cost_usage", Shape.PARQUET, "res/"),
    AWS_CSV(
            "AWS CUR 2.0, CSV (gzip)",
            "aws",
            "aws_cur",
            "aws_cost_line_items",
            Shape.PACKED_CSV,
            "arn:aws:service:"),
    AWS_PARQUET(
            "AWS CUR 2.0, Parquet",
            "aws",
            "aws_cur",
            "aws_cost_line_items",
            Shape.PARQUET,
            "arn:aws:service:"),
    GCP_CSV(
            "Google detailed export, flattened CSV",
            "gcp",
            "gcp_billing",
            "billing_cost_daily",
            Shape.FLAT_CSV,
            "//compute.googleapis.com/"),
    GCP_JSON(
            "Google detailed export, JSON lines",
            "gcp",
            "gcp_billing",
            "billing_cost_daily",
            Shape.JSON_LINES,
            "//compute.googleapis.com/"),
    AZURE_CSV(
            "Azure actual costs, CSV",
            "azure",
            "azure_cost",
            "azure_cost_details",
            Shape.CSV,
            "/providers/"),
    OCI_CSV(
            "Oracle cost report, CSV",
            "oci",
            "oci_cost",
            "oci_cost_lines",
            Shape.CSV,
            "ocid1.resource.oc1.");

    /// How the file is written.
    enum Shape {
        CSV(".csv"),
        PACKED_CSV(".csv.gz"),
        FLAT_CSV(".csv"),
        PARQUET(".parquet"),
        JSON_LINES(".jsonl");

        final String ending;

        Shape(String ending) {
            this.ending = ending;
        }
    }

    final String title;
    final String provider;
    final String format;
    final String table;
    final Shape shape;
    final String mark;

    Bill(String title, String provider, String format, String table, Shape shape, String mark) {
        this.title = title;
        this.provider = provider;
        this.format = format;
        this.table = table;
        this.shape = shape;
        this.mark = mark;
    }

    static Bill named(String name) {
        try {
            return valueOf(name.strip().toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException(
                    "There is no bill '" + name + "'; there are " + List.of(values()) + ".");
        }
    }

    boolean isFocus() {
        return format.equals("focus");
    }

    /// The steps of the bundled template, in its order.
    List<Task> tasks() {
        Task extract =
                new Task(
                        "source.extract",
                        isFocus()
                                ? Map.of("format", format, "table", table)
                                : Map.of(
                                        "format",
                                        format,
                                        "table",
                                        table,
                                        "also",
                                        Map.of("focus", "focus_cost_usage")));
        Task check = new Task("quality.check", Map.of("suite", table, "table", table));
        if (isFocus()) {
            return List.of(
                    extract,
                    check,
                    new Task("warehouse.publish", Map.of("tables", List.of(table))));
        }
        return List.of(
                extract,
                new Task("focus.convert", Map.of("from", table, "mapping", format)),
                check,
                new Task(
                        "quality.check",
                        Map.of("suite", "focus_cost_usage", "table", "focus_cost_usage")),
                new Task(
                        "warehouse.publish", Map.of("tables", List.of(table, "focus_cost_usage"))));
    }

    /// A step of a pipeline, and its settings.
    record Task(String type, Map<String, Object> settings) {}
}
