package dev.convergence.steps.sample;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/// Chance that can be repeated: the same seed words always throw the same numbers.
///
/// Every line of a bill has dice of its own, so a day's lines do not depend on the window they are
/// written in.
final class Dice {

    private static final int HUNDRED = 100;

    private final SplittableRandom random;

    private Dice(long seed) {
        random = new SplittableRandom(seed);
    }

    static Dice of(Object... seed) {
        return new Dice(ByteBuffer.wrap(hash(seed)).getLong());
    }

    /// An identifier that is always the same for the same words.
    static String name(int digits, Object... seed) {
        return HexFormat.of().formatHex(hash(seed)).substring(0, digits);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    long between(long low, long high) {
        return random.nextLong(low, high + 1);
    }

    boolean percent(int share) {
        return below(HUNDRED) < share;
    }

    <T> T pick(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    /// An exact amount above zero, with as many decimals as asked.
    BigDecimal amount(long high, int scale) {
        return BigDecimal.valueOf(between(1, high), scale);
    }

    private static byte[] hash(Object... seed) {
        String words = Arrays.stream(seed).map(String::valueOf).collect(Collectors.joining("\0"));
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(words.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
