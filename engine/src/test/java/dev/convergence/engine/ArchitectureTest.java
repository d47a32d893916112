package dev.convergence.engine;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The rooms of the engine and the arrows between them: ground, then nouns, then verbs.
class ArchitectureTest {

    private static final String ENGINE = "dev.convergence.engine";

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages(ENGINE);

    private static final List<String> GROUND =
            List.of("id", "error", "sql", "event", "loop", "time", "step", "courier", "warehouse");

    private static final List<String> NOUNS =
            List.of(
                    "job",
                    "group",
                    "artifact",
                    "jobtemplate",
                    "jobschedule",
                    "template",
                    "subscription",
                    "tenant",
                    "credential",
                    "quota",
                    "pipeline",
                    "slot",
                    "run",
                    "webhook",
                    "notification",
                    "trail");

    /// The verbs, and those that each may use.
    private static final Map<String, List<String>> VERBS =
            Map.of(
                    "queue", List.of(),
                    "launch", List.of("queue"),
                    "schedule", List.of("queue", "launch"),
                    "backfill", List.of("queue", "launch"),
                    "worker", List.of("queue"),
                    "direct", List.of("queue", "worker"),
                    "flow", List.of("queue", "worker"),
                    "recovery", List.of("queue", "worker"));

    /// Rooms of one table whose class is named for what it is, and readers of other rooms' tables.
    private static final Set<String> SQL_OUTSIDE_STORES =
            Set.of(
                    "Audit",
                    "ConfigHistory",
                    "Database",
                    "DatabaseClock",
                    "Launcher",
                    "Outbox",
                    "OldestSnapshot",
                    "QueueReport",
                    "QuotaLedger",
                    "QuotaReset",
                    "RunLog",
                    "RunRecords",
                    "Runs",
                    "StepRecords",
                    "TenantRemoval");

    private static final List<String> ROOMS =
            Stream.of(GROUND, NOUNS, VERBS.keySet()).flatMap(rooms -> rooms.stream()).toList();

    @Test
    void every_room_is_ground_a_noun_or_a_verb() {
        Set<String> rooms =
                CLASSES.stream()
                        .map(JavaClass::getPackageName)
                        .filter(name -> !name.equals(ENGINE))
                        .map(name -> name.substring(ENGINE.length() + 1))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(rooms).containsExactlyInAnyOrderElementsOf(ROOMS);
    }

    @Test
    void ground_knows_ground_only() {
        GROUND.forEach(room -> mayUse(room, GROUND));
    }

    @Test
    void nouns_know_nouns_and_ground() {
        List<String> allowed = Stream.of(GROUND, NOUNS).flatMap(List::stream).toList();
        NOUNS.forEach(room -> mayUse(room, allowed));
    }

    @Test
    void verbs_know_nouns_ground_and_the_verbs_before_them() {
        VERBS.forEach((verb, before) ->
                mayUse(verb, Stream.of(GROUND, NOUNS, before).flatMap(List::stream).toList()));
    }

    private static void mayUse(String room, List<String> allowed) {
        String[] others =
                ROOMS.stream()
                        .filter(other -> !other.equals(room) && !allowed.contains(other))
                        .map(other -> ENGINE + "." + other)
                        .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(ENGINE + "." + room)
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(others)
                                .or(
                                        DescribedPredicate.describe(
                                                "know the front door",
                                                c -> c.getPackageName().equals(ENGINE))))
                .check(CLASSES);
    }

    @Test
    void rooms_depend_on_each_other_in_no_circle() {
        slices().matching(ENGINE + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void the_engine_needs_a_database_and_little_else() {
        noClasses()
                .should()
                .dependOnClassesThat(
                        resideOutsideOfPackages(
                                "java..",
                                "javax.sql..",
                                "javax.crypto..",
                                ENGINE + "..",
                                "org.jdbi..",
                                "org.postgresql..",
                                "org.flywaydb..",
                                "com.google.crypto.tink..",
                                "tools.jackson..",
                                "com.fasterxml.jackson.annotation..",
                                "org.slf4j..",
                                "org.jspecify.."))
                .orShould()
                .dependOnClassesThat(resideInAnyPackage("java.net.http.."))
                .check(CLASSES);
    }

    /// Libraries that one room keeps to itself.
    static final List<List<String>> OWN_LIBRARIES =
            List.of(
                    List.of("org.flywaydb..", "sql"),
                    List.of("com.google.crypto.tink..", "credential"));

    @ParameterizedTest
    @FieldSource("OWN_LIBRARIES")
    void a_library_of_one_room_stays_in_it(List<String> libraryAndRoom) {
        classes()
                .that()
                .resideOutsideOfPackage(ENGINE + "." + libraryAndRoom.getLast())
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackages(libraryAndRoom.getFirst()))
                .check(CLASSES);
    }

    @Test
    void sql_is_in_stores() {
        noClasses()
                .that(
                        DescribedPredicate.describe(
                                "are no stores",
                                c ->
                                        !topLevel(c).endsWith("Store")
                                                && !SQL_OUTSIDE_STORES.contains(topLevel(c))))
                .should()
                .callMethodWhere(
                        target(owner(assignableTo(Handle.class)))
                                .and(target(nameMatching("create.*|prepare.*|execute|select"))))
                .check(CLASSES);
    }

    private static String topLevel(JavaClass c) {
        return c.getName().replaceAll("^.*\\.|\\$.*$", "");
    }
}
