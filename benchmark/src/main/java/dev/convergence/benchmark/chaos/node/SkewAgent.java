package dev.convergence.benchmark.chaos.node;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A Java agent that makes a process's clock wrong by some seconds.
///
/// Whoever asks for the wall clock, in our classes, in libraries and in `java.time`, is told a time
/// that is off; the monotonic clock, which nobody can set, stays as it is. It stands in for a
/// machine whose clock is wrong, without touching the machine's.
public final class SkewAgent implements ClassFileTransformer {

    private static final String MILLIS = "currentTimeMillis";
    private static final String NANOS = "getNanoTimeAdjustment";

    private final long seconds;

    private SkewAgent(long seconds) {
        this.seconds = seconds;
    }

    /// @param argument the seconds by which the clock is to be ahead
    public static void premain(String argument, Instrumentation instrumentation)
            throws ClassNotFoundException, UnmodifiableClassException {
        instrumentation.addTransformer(new SkewAgent(Long.parseLong(argument)), true);
        instrumentation.retransformClasses(
                Class.forName("java.time.Clock"),
                Class.forName("java.time.Clock$SystemClock"),
                Class.forName("java.util.Date"));
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable Module module,
            @Nullable ClassLoader loader,
            String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        boolean chosen = loader != null || redefined != null;
        return chosen && namesAClock(bytes) ? transformed(bytes) : null;
    }

    /// A cheap look at the constants, because nearly all classes never ask.
    private static boolean namesAClock(byte[] bytes) {
        String constants = new String(bytes, StandardCharsets.ISO_8859_1);
        return constants.contains(MILLIS) || constants.contains(NANOS);
    }

    private byte @Nullable [] transformed(byte[] bytes) {
        ClassFile format = ClassFile.of();
        ClassModel model = format.parse(bytes);
        return asks(model)
                ? format.transformClass(model, ClassTransform.transformingMethodBodies(this::skew))
                : null;
    }

    private static boolean asks(ClassModel model) {
        return model.methods().stream()
                .flatMap(method -> method.code().stream())
                .flatMap(code -> code.elementStream())
                .anyMatch(element -> isMillis(element) || isNanos(element));
    }

    private void skew(CodeBuilder code, CodeElement element) {
        code.with(element);
        if (isMillis(element)) {
            code.loadConstant(TimeUnit.SECONDS.toMillis(seconds)).ladd();
        } else if (isNanos(element)) {
            code.loadConstant(TimeUnit.SECONDS.toNanos(seconds)).ladd();
        }
    }

    private static boolean isMillis(CodeElement element) {
        return element instanceof InvokeInstruction call
                && call.owner().asInternalName().equals("java/lang/System")
                && call.name().equalsString(MILLIS);
    }

    /// The finer reading, relative to a second that its caller names.
    private static boolean isNanos(CodeElement element) {
        return element instanceof InvokeInstruction call
                && call.owner().asInternalName().equals("jdk/internal/misc/VM")
                && call.name().equalsString(NANOS);
    }
}
