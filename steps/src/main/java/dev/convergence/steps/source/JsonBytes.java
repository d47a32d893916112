package dev.convergence.steps.source;

import static dev.convergence.steps.source.NotPlain.require;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/// The bytes of JSON lines, gone through object by object without reading a value. Commas and
/// colons are not asked whether they stand where they should: who reads the values will, but for a
/// comma with nothing behind it.
final class JsonBytes {

    /// Numbers of fewer digits and points are what they are as binary ones.
    private static final int EXACT_DIGITS = 16;

    /// Those that a binary number has for sure.
    private static final int EXPONENT_DIGITS_MAX = 2;

    private static final byte[] NULL_WORD = "NULL".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NO_DATE = "0001-01-01".getBytes(StandardCharsets.US_ASCII);

    /// Blanks, and the letters of the words for nothing.
    private static final String WORTH_HIDING = " \t\r\nNUL01-";

    /// So many zeros have to stand behind the last byte.
    static final int SLACK = Long.BYTES;

    private static final VarHandle WORD =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long EACH = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;
    private static final long PRIME = 0x9E3779B97F4A7C15L;

    private final byte[] bytes;
    private final int length;
    private int at;
    private boolean escaped;
    private final Set<Trace> traces = EnumSet.noneOf(Trace.class);

    /// @param length how many bytes there are before the slack
    JsonBytes(byte[] bytes, int length, int at) {
        this.bytes = bytes;
        this.length = length;
        this.at = at;
    }

    int at() {
        return at;
    }

    /// What the values so far may have to be cleaned of.
    Set<Trace> traces() {
        return traces;
    }

    byte[] from(int start) {
        return Arrays.copyOfRange(bytes, start, at);
    }

    /// Goes on to what stands in this line; false, and behind its end, when nothing does.
    boolean isAtObject() {
        blanks();
        if (at < length && bytes[at] != '\n') {
            return true;
        }
        at++;
        return false;
    }

    private void blanks() {
        while (at < length && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r')) {
            at++;
        }
    }

    /// Goes behind the object and the blanks after it, where the line has to end.
    ///
    /// @return its shape
    long object() {
        require(bytes[at] == '{');
        long shape = 0;
        int objects = 0;
        int arrays = 0;
        boolean isName = false;
        byte before = 0;
        do {
            byte sign = bytes[at++];
            require(before != ',' || sign != '}' && sign != ']');
            switch (sign) {
                case '"' -> {
                    int from = at;
                    text();
                    if (arrays == 0 && isName) {
                        shape = named(shape, from);
                    } else if (arrays == 0) {
                        look(from, at - 1);
                    }
                }
                case ',' -> isName = true;
                case ':' -> isName = false;
                case '{' -> {
                    objects++;
                    isName = true;
                    shape = arrays == 0 ? mixed(shape, sign) : shape;
                }
                case '}' -> {
                    objects--;
                    shape = arrays == 0 ? mixed(shape, sign) : shape;
                }
                case '[' -> arrays++;
                case ']' -> arrays--;
                case ' ', '\t' -> {}
                default -> bare(sign);
            }
            before = sign == ' ' || sign == '\t' ? before : sign;
        } while (objects > 0);
        blanks();
        require(arrays == 0 && (at >= length || bytes[at] == '\n'));
        return shape;
    }

    private static long mixed(long shape, long more) {
        long mixed = (shape ^ more) * PRIME;
        return mixed ^ mixed >>> 32;
    }

    private long named(long shape, int from) {
        long named = shape;
        int left = at - from; // with the quote behind it, which ends the name
        int place = from;
        for (; left >= Long.BYTES; left -= Long.BYTES, place += Long.BYTES) {
            named = mixed(named, (long) WORD.get(bytes, place));
        }
        long rest = (long) WORD.get(bytes, place) & (1L << left * Byte.SIZE) - 1;
        return mixed(named, rest);
    }

    /// Goes behind the quote that ends a text, eight bytes at a time where nothing is in them.
    private void text() {
        escaped = false;
        while (true) {
            long ends = ends((long) WORD.get(bytes, at));
            if (ends == 0) {
                at += Long.BYTES;
            } else {
                at += Long.numberOfTrailingZeros(ends) / Byte.SIZE;
                require(at < length);
                if (bytes[at++] == '"') {
                    return;
                }
                escape();
            }
        }
    }

    /// The highest bit of the first byte that is a quote, a backslash or a control character.
    private static long ends(long eight) {
        long quote = eight ^ '"' * EACH;
        long backslash = eight ^ '\\' * EACH;
        return (quote - EACH & ~quote | backslash - EACH & ~backslash | eight - ' ' * EACH & ~eight)
                & HIGH;
    }

    private void escape() {
        require(bytes[at - 1] == '\\' && at < length);
        escaped = true;
        if (bytes[at] == 'u') {
            int hidden =
                    Character.digit(bytes[at + 3], 16) * 16 + Character.digit(bytes[at + 4], 16);
            boolean isAscii = bytes[at + 1] == '0' && bytes[at + 2] == '0';
            require(!isAscii || WORTH_HIDING.indexOf(hidden) < 0);
        }
        at++;
    }

    /// @param end the place of its last quote
    private void look(int from, int end) {
        int first = from;
        while (bytes[first] == ' ') {
            first++;
        }
        switch (bytes[first]) {
            case 'N' -> require(!isWord(NULL_WORD, first));
            case '0' -> require(!isWord(NO_DATE, first));
            case '\\' -> require("trn".indexOf(bytes[first + 1]) < 0);
            default -> {}
        }
        if (end > from && bytes[end - 1] == ' ') {
            traces.add(Trace.SPACE_BEHIND);
        }
        if (escaped && end - 2 >= from && bytes[end - 2] == '\\') {
            blankBehind(bytes[end - 1]);
        }
    }

    private void blankBehind(byte letter) {
        switch (letter) {
            case 'n' -> traces.add(Trace.LINE_END_BEHIND);
            case 'r' -> traces.add(Trace.RETURN_BEHIND);
            case 't' -> traces.add(Trace.TAB_BEHIND);
            default -> {}
        }
    }

    private boolean isWord(byte[] word, int from) {
        return Arrays.equals(
                bytes, from, Math.min(from + word.length, length), word, 0, word.length);
    }

    /// A number, or one of the three words.
    private void bare(byte first) {
        switch (first) {
            case 't' -> word("rue");
            case 'f' -> word("alse");
            case 'n' -> word("ull");
            default -> {
                require(first == '-' || isDigit(first));
                number(at - 1);
            }
        }
    }

    private void word(String rest) {
        for (int i = 0; i < rest.length(); i++) {
            require(bytes[at++] == rest.charAt(i));
        }
    }

    private static boolean isDigit(byte sign) {
        return sign >= '0' && sign <= '9';
    }

    private void number(int from) {
        int digits = 0;
        boolean isWhole = true;
        for (; isDigit(bytes[at]) || bytes[at] == '.'; at++) {
            isWhole &= bytes[at] != '.';
            digits++;
        }
        if (bytes[at] == 'e' || bytes[at] == 'E') {
            isWhole = false;
            at += bytes[at + 1] == '-' || bytes[at + 1] == '+' ? 2 : 1;
            int exponent = at;
            while (isDigit(bytes[at])) {
                at++;
            }
            require(at - exponent <= EXPONENT_DIGITS_MAX);
        }
        if (digits > EXACT_DIGITS && !isWhole) {
            require(isExact(new String(bytes, from, at - from, StandardCharsets.US_ASCII)));
        }
    }

    /// Whether a binary number keeps every digit of it.
    private static boolean isExact(String number) {
        try {
            BigDecimal binary = new BigDecimal(Double.toString(Double.parseDouble(number)));
            return new BigDecimal(number).compareTo(binary) == 0;
        } catch (NumberFormatException none) {
            return false;
        }
    }
}
