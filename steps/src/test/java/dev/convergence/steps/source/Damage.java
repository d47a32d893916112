package dev.convergence.steps.source;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Something that may happen to a file on its way.
///
/// @param of which bills it may happen to
/// @param ending what stands behind the file's name then
/// @param end what has to become of the load
/// @param says a part of the sentence that refuses it
record Damage(
        String what, Predicate<GoldenBill> of, String ending, Done done, End end, String says) {

    enum End {
        /// Nothing is loaded.
        REFUSED,
        /// The data set is as it was, because nothing came or all of it came.
        SAME
    }

    /// What is done to the file.
    interface Done {
        byte[] to(GoldenBill bill, Path work) throws Exception;
    }

    static final List<Damage> ALL = all();

    private static List<Damage> all() {
        List<Damage> all = new ArrayList<>();
        packed(all);
        letters(all);
        names(all);
        lines(all);
        amounts(all);
        json(all);
        return List.copyOf(all);
    }

    private static void packed(List<Damage> all) {
        all.add(
                any(
                        "gzip, cut off",
                        ".gz",
                        (bill, _) -> cut(gzip(bill.content()), 20),
                        "not a whole gzip file"));
        all.add(
                any(
                        "gzip with a wrong letter",
                        ".gz",
                        (bill, _) -> spoilt(gzip(bill.content())),
                        "gzip"));
        all.add(
                any(
                        "zip that is called gzip",
                        ".gz",
                        (bill, _) -> zip(bill.content()),
                        "zip archive"));
        all.add(any("zip", ".zip", (bill, _) -> zip(bill.content()), "zip archive"));
        all.add(csv("Parquet", ".parquet", (bill, work) -> parquet(bill, work), End.SAME, ""));
        all.add(
                csv(
                        "Parquet, cut off",
                        ".parquet",
                        (bill, work) -> cut(parquet(bill, work), 40),
                        End.REFUSED,
                        "Parquet"));
    }

    private static void letters(List<Damage> all) {
        all.add(
                any(
                        "a letter of Latin-1",
                        "",
                        (bill, _) -> late(bill.content(), (byte) 0xE9),
                        "is not UTF-8 text"));
        all.add(
                any(
                        "UTF-16",
                        "",
                        (bill, _) -> ("\uFEFF" + bill.text()).getBytes(UTF_16LE),
                        "is not UTF-8 text"));
        all.add(
                any(
                        "a page that asks to sign in",
                        "",
                        (_, _) -> bytes("<!DOCTYPE html>\n<html><body>Sign in</body></html>\n"),
                        "."));
        all.add(
                text(
                        "a mark at the start, Windows line ends, and empty lines behind",
                        bill ->
                                "\uFEFF"
                                        + bill.text().replace("\uFEFF", "").replace("\n", "\r\n")
                                        + "\r\n\r\n",
                        _ -> true,
                        End.SAME,
                        ""));
        all.add(text("nothing", _ -> "", _ -> true, End.SAME, ""));
    }

    /// Names that somebody chooses, so that they are taken for something else.
    private static void names(List<Damage> all) {
        String sql = "x\"'); DROP TABLE focus_cost_usage; --";
        String file = "'; DROP TABLE focus_cost_usage; -- \" %s [a]*?{b}.gz";
        all.add(
                new Damage(
                        "a file called like SQL, and as if it were packed",
                        _ -> true,
                        file,
                        (bill, _) -> bill.content(),
                        End.SAME,
                        ""));
        all.add(
                text(
                        "a column called like SQL",
                        bill -> bill.withField(sql),
                        _ -> true,
                        End.SAME,
                        ""));
    }

    private static void lines(List<Damage> all) {
        all.add(ofCsv("a header and nothing else", bill -> bill.header() + "\n", End.SAME, ""));
        all.add(
                ofCsv(
                        "a short line",
                        bill -> bill.text().strip() + "\n1,2\n",
                        End.REFUSED,
                        "has 2 values"));
        all.add(
                ofCsv(
                        "a long line",
                        bill -> bill.text().strip() + lastLine(bill) + ",more,and more\n",
                        End.REFUSED,
                        "values, the first line names"));
        all.add(
                ofCsv(
                        "a quote that nobody closes",
                        bill -> bill.text().strip() + "\n\"open" + lastLine(bill).strip() + "\n",
                        End.REFUSED,
                        "line|quote"));
        all.add(ofCsv("a renamed column", GoldenBill::withoutCost, End.REFUSED, "lacks|missing"));
        all.add(ofCsv("a column twice", GoldenBill::withCostTwice, End.REFUSED, "twice"));
        for (char separator : new char[] {';', '\t'}) {
            all.add(
                    ofCsv(
                            "values separated by '" + separator + "'",
                            bill -> bill.separatedBy(separator),
                            End.SAME,
                            ""));
        }
        all.add(
                ofCsv(
                        "a line with commas among semicolons",
                        bill -> bill.separatedBy(';') + "1,2\n",
                        End.REFUSED,
                        "has 1 values"));
    }

    private static void amounts(List<Damage> all) {
        for (String amount : List.of("1,5", "1.234,50")) {
            all.add(
                    ofCsv(
                            "the amount " + amount + " of a file with semicolons",
                            bill -> bill.withCost(amount, ';'),
                            End.REFUSED,
                            "comma in a number.*save the file with points"));
        }
        for (String amount : List.of("NaN", "-inf", "1e400", "$5")) {
            all.add(
                    ofCsv(
                            "the amount " + amount,
                            bill -> bill.withCost(amount),
                            End.REFUSED,
                            "column "));
        }
        for (String amount : List.of("NaN", "\"Infinity\"", "1e400", "true", "{\"a\":1}")) {
            all.add(
                    ofMoney(
                            "the amount " + amount,
                            bill -> bill.withCost(amount),
                            "column |line |not whole JSON|not JSON"));
        }
    }

    private static void json(List<Damage> all) {
        all.add(
                ofJson(
                        "cut off",
                        bill -> bill.text().substring(0, bill.text().length() - 30),
                        "cut off|not JSON"));
        all.add(ofMoney("a renamed field", GoldenBill::withoutCost, "lacks|missing|column|kind"));
        all.add(ofJson("numbers for lines", _ -> "1\n2\n", "."));
        all.add(ofJson("a list that never ends", _ -> "[".repeat(200_000), "."));
        all.add(
                ofJson(
                        "objects in objects without end",
                        _ -> "{\"a\":".repeat(100_000) + "\n",
                        "."));
    }

    private static Damage any(String what, String ending, Done done, String says) {
        return new Damage(what, _ -> true, ending, done, End.REFUSED, says);
    }

    private static Damage csv(String what, String ending, Done done, End end, String says) {
        return new Damage(what, GoldenBill::isCsv, ending, done, end, says);
    }

    private static Damage text(
            String what,
            Function<GoldenBill, String> change,
            Predicate<GoldenBill> of,
            End end,
            String says) {
        return new Damage(what, of, "", (bill, _) -> bytes(change.apply(bill)), end, says);
    }

    private static Damage ofCsv(
            String what, Function<GoldenBill, String> change, End end, String says) {
        return text(what, change, GoldenBill::isCsv, end, says);
    }

    private static Damage ofJson(String what, Function<GoldenBill, String> change, String says) {
        return text(what, change, bill -> !bill.isCsv(), End.REFUSED, says);
    }

    private static Damage ofMoney(String what, Function<GoldenBill, String> change, String says) {
        return text(what, change, bill -> !bill.isCsv() && bill.hasMoney(), End.REFUSED, says);
    }

    byte[] apply(GoldenBill bill, Path work) throws Exception {
        return done.to(bill, work);
    }

    /// The file's path under its new name.
    String name(GoldenBill bill) {
        return ending.equals(".parquet") ? bill.folder() + "bill.parquet" : bill.path() + ending;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static byte[] cut(byte[] whole, int bytes) {
        return Arrays.copyOf(whole, whole.length - bytes);
    }

    /// A byte of the middle is another one.
    private static byte[] spoilt(byte[] whole) {
        for (int i = whole.length / 2; i < whole.length / 2 + 8; i++) {
            whole[i] ^= 0x55;
        }
        return whole;
    }

    /// One byte near the end is another one.
    private static byte[] late(byte[] whole, byte letter) {
        whole[whole.length - 5] = letter;
        return whole;
    }

    private static String lastLine(GoldenBill bill) {
        List<String> lines = bill.text().strip().lines().toList();
        return "\n" + lines.getLast();
    }

    private static byte[] gzip(byte[] content) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] zip(byte[] content) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("bill.csv"));
            zip.write(content);
        }
        return bytes.toByteArray();
    }

    /// The bill as Parquet, all its columns texts.
    private static byte[] parquet(GoldenBill bill, Path work) throws Exception {
        Path from = Files.write(work.resolve("good.csv"), bill.content());
        Path to = work.resolve("good.parquet");
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement()) {
            statement.execute(
                    "COPY (FROM read_csv('%s', header = true, all_varchar = true, nullstr = ''))"
                                    .formatted(from)
                            + " TO '%s' (FORMAT parquet)".formatted(to));
        }
        return Files.readAllBytes(to);
    }
}
