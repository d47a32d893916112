package dev.convergence.steps;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// What steps may know: the engine's ports, and each technology in its own folder.
class ArchitectureTest {

    private static final String STEPS = "dev.convergence.steps";
    private static final String ENGINE = "dev.convergence.engine";

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages(STEPS);

    @Test
    void steps_know_the_ports_of_the_engine_only() {
        noClasses()
                .should()
                .dependOnClassesThat(
                        resideInAPackage("dev.convergence..")
                                .and(
                                        resideOutsideOfPackages(
                                                STEPS + "..",
                                                ENGINE + ".step",
                                                ENGINE + ".courier",
                                                ENGINE + ".notification",
                                                ENGINE + ".warehouse",
                                                ENGINE + ".id",
                                                ENGINE + ".error")))
                .check(CLASSES);
    }

    @Test
    void steps_know_neither_spring_nor_the_engines_database() {
        noClasses()
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(
                                "org.springframework..", "org.jdbi..", "org.postgresql.."))
                .check(CLASSES);
    }

    @Test
    void folders_depend_on_each_other_in_no_circle() {
        slices().matching(STEPS + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void the_http_client_stays_in_its_folder() {
        classes()
                .that()
                .resideOutsideOfPackage(STEPS + ".http")
                .should()
                .onlyDependOnClassesThat(
                        resideOutsideOfPackages("org.apache.hc..", "java.net.http.."))
                .check(CLASSES);
    }
}
