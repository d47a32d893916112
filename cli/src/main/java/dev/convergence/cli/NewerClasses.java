package dev.convergence.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/// Copies a jar, its class files in a newer version of their format; the launcher's way to have the
/// parser in the archive of loaded classes, which takes none as old as the parser's.
///
/// Why: docs/decisions/0072-the-parser-is-archived-as-a-newer-copy.md
final class NewerClasses {

    private static final int JAVA_8 = 52;

    private NewerClasses() {}

    public static void main(String... arguments) throws IOException {
        copy(Path.of(arguments[0]), Path.of(arguments[1]));
    }

    static void copy(Path from, Path to) throws IOException {
        try (URLClassLoader own = new URLClassLoader(new URL[] {from.toUri().toURL()});
                JarFile in = new JarFile(from.toFile());
                OutputStream file = Files.newOutputStream(to);
                JarOutputStream out = new JarOutputStream(file)) {
            ClassFile format = format(own);
            for (JarEntry entry : Collections.list(in.entries())) {
                byte[] bytes = in.getInputStream(entry).readAllBytes();
                out.putNextEntry(new JarEntry(entry.getName()));
                out.write(isClass(entry.getName()) ? newer(format, bytes) : bytes);
                out.closeEntry();
            }
        }
    }

    private static boolean isClass(String name) {
        return name.endsWith(".class") && !name.endsWith("module-info.class");
    }

    /// Newer classes say at each jump what is on the stack, so that they can be verified before
    /// they run; what the jar's classes are to each other is read from the jar.
    private static ClassFile format(ClassLoader own) {
        return ClassFile.of(
                StackMapsOption.GENERATE_STACK_MAPS,
                ClassHierarchyResolverOption.of(
                        ClassHierarchyResolver.ofResourceParsing(own)
                                .orElse(ClassHierarchyResolver.defaultResolver())));
    }

    private static byte[] newer(ClassFile format, byte[] bytes) {
        ClassTransform version =
                ClassTransform.dropping(element -> element instanceof ClassFileVersion)
                        .andThen(ClassTransform.endHandler(built -> built.withVersion(JAVA_8, 0)));
        return format.transformClass(
                format.parse(bytes),
                version.andThen(ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)));
    }
}
