package dev.convergence.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A room's class is public because somebody outside the room needs it, and for no other reason.
class PublicTest {

    private static final String FRONT_DOOR = "dev.convergence.engine";

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages(FRONT_DOOR);

    /// The text of all modules that use the engine, and of the engine's tests.
    private static final String OTHERS = others();

    private static String others() {
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.startsWith("../engine/src/main"))
                    .filter(file -> file.toString().contains("/src/"))
                    .map(PublicTest::read)
                    .collect(Collectors.joining());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void what_nobody_outside_a_room_uses_is_not_public() {
        List<String> superfluous =
                CLASSES.stream()
                        .filter(JavaClass::isTopLevelClass)
                        .filter(type -> !type.getPackageName().equals(FRONT_DOOR))
                        .filter(type -> isPublic(type))
                        .filter(type -> !isUsedElsewhere(type) && !isShown(type))
                        .map(JavaClass::getName)
                        .toList();
        assertThat(superfluous).isEmpty();
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC);
    }

    private static boolean isUsedElsewhere(JavaClass type) {
        return OTHERS.contains("import " + type.getName() + ";")
                || type.getDirectDependenciesToSelf().stream()
                        .anyMatch(use ->
                                !use.getOriginClass()
                                        .getPackageName()
                                        .equals(type.getPackageName()));
    }

    /// Whether a public member of another public class gives it away, or asks for it.
    private static boolean isShown(JavaClass type) {
        return type.getPackage().getClasses().stream()
                .filter(other -> isPublic(other) && !other.equals(type))
                .flatMap(other -> other.getMembers().stream())
                .filter(member -> member.getModifiers().contains(JavaModifier.PUBLIC))
                .flatMap(PublicTest::types)
                .anyMatch(shown -> shown.getAllInvolvedRawTypes().contains(type));
    }

    private static Stream<JavaType> types(JavaMember member) {
        return member instanceof JavaCodeUnit unit
                ? Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream())
                : member.getAllInvolvedRawTypes().stream().map(JavaType.class::cast);
    }
}
