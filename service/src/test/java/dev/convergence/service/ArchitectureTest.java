package dev.convergence.service;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;
import org.springframework.stereotype.Repository;
import org.springframework.stereotype.Service;
import org.springframework.web.bind.annotation.RestController;

/// The arrows between the modules, and how the program is put together: by constructors that one
/// can read.
class ArchitectureTest {

    private static final String PROJECT = "dev.convergence";

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages(PROJECT);

    @Test
    void spring_stays_in_the_service() {
        noClasses()
                .that()
                .resideOutsideOfPackage(PROJECT + ".service..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("org.springframework..", PROJECT + ".service.."))
                .check(CLASSES);
    }

    @Test
    void the_words_on_the_wire_know_nothing_of_ours() {
        noClasses()
                .that()
                .resideInAPackage(PROJECT + ".api..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(PROJECT + ".engine..", PROJECT + ".steps.."))
                .check(CLASSES);
    }

    @Test
    void nothing_is_found_by_scanning() {
        noClasses()
                .should()
                .beAnnotatedWith(ComponentScan.class)
                .orShould()
                .beAnnotatedWith(SpringBootApplication.class)
                .orShould()
                .beAnnotatedWith(Component.class)
                .orShould()
                .beAnnotatedWith(Controller.class)
                .orShould()
                .beAnnotatedWith(Service.class)
                .orShould()
                .beAnnotatedWith(Repository.class)
                .check(CLASSES);
    }

    @Test
    void no_field_is_filled_by_magic() {
        noFields()
                .should()
                .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
                .orShould()
                .beAnnotatedWith("org.springframework.beans.factory.annotation.Value")
                .orShould()
                .beAnnotatedWith("jakarta.annotation.Resource")
                .orShould()
                .beAnnotatedWith("jakarta.inject.Inject")
                .check(CLASSES);
    }

    @Test
    void beans_are_written_out_in_the_wiring() {
        classes()
                .that()
                .areAnnotatedWith(Configuration.class)
                .should()
                .resideInAnyPackage(PROJECT + ".service.wiring", PROJECT + ".service.http.openapi")
                .check(CLASSES);
    }

    @Test
    void routes_are_named_so_and_are_found_by_their_noun() {
        classes()
                .that()
                .areAnnotatedWith(RestController.class)
                .should()
                .haveSimpleNameEndingWith("Routes")
                .andShould()
                .resideInAPackage(PROJECT + ".service.http.*..")
                .check(CLASSES);
    }

    @Test
    void routes_leave_the_database_to_the_engine() {
        noClasses()
                .that()
                .areAnnotatedWith(RestController.class)
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("org.jdbi..", "java.sql..", "javax.sql..")
                                .or(resideInAPackage(PROJECT + ".engine.sql")))
                .check(CLASSES);
    }
}
