package dev.drover.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.Random;
import java.util.stream.Stream;

/** Which part of the gateway may know which; ARCHITECTURE.md tells why. */
@AnalyzeClasses(packages = "dev.drover.gateway", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] LEAVES =
            packages("error", "auth", "audit", "record", "cluster", "call");
    private static final String[] FEATURES =
            packages(
                    "baseline",
                    "release",
                    "suspension",
                    "plan",
                    "decision",
                    "approval",
                    "rollout",
                    "verification",
                    "promotion",
                    "workload",
                    "operation");
    private static final String[] ADAPTERS = packages("store", "nomad", "outbound");
    private static final String[] EDGES = packages("api");
    private static final String[] APP = packages("app");

    private static String[] packages(String... names) {
        return Stream.of(names)
                .map(name -> "dev.drover.gateway." + name + "..")
                .toArray(String[]::new);
    }

    private static String[] together(String[]... groups) {
        return Stream.of(groups).flatMap(Stream::of).toArray(String[]::new);
    }

    @ArchTest
    static final ArchRule everyClassIsInAPackageThatIsKnownHere =
            classes().should().resideInAnyPackage(together(LEAVES, FEATURES, ADAPTERS, EDGES, APP));

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.drover.gateway.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule partsOfTheApiHaveNoCycles =
            slices().matching("dev.drover.gateway.api.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule leavesKnowLeavesOnly =
            noClasses()
                    .that()
                    .resideInAnyPackage(LEAVES)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(together(FEATURES, ADAPTERS, EDGES, APP));

    @ArchTest
    static final ArchRule featuresKnowNeitherAdaptersNorEdgesNorTheirLibraries =
            noClasses()
                    .that()
                    .resideInAnyPackage(together(LEAVES, FEATURES))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            together(
                                    ADAPTERS,
                                    EDGES,
                                    APP,
                                    new String[] {
                                        "io.vertx..",
                                        "io.grpc..",
                                        "io.netty..",
                                        "io.micrometer..",
                                        "java.sql..",
                                        "org.jooq.."
                                    }));

    @ArchTest
    static final ArchRule theStoreKnowsNoNomadAndNoEdge =
            noClasses()
                    .that()
                    .resideInAnyPackage(packages("store"))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            together(
                                    packages("nomad"),
                                    FEATURES,
                                    EDGES,
                                    APP,
                                    new String[] {"io.vertx..", "io.grpc.."}));

    @ArchTest
    static final ArchRule theNomadClientKnowsNoStoreAndNoEdge =
            noClasses()
                    .that()
                    .resideInAnyPackage(packages("nomad"))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(together(packages("store"), FEATURES, EDGES, APP));

    @ArchTest
    static final ArchRule theGuardedClientKnowsNothingButItsPort =
            noClasses()
                    .that()
                    .resideInAnyPackage(packages("outbound"))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            together(
                                    packages(
                                            "store",
                                            "nomad",
                                            "cluster",
                                            "record",
                                            "baseline",
                                            "plan",
                                            "rollout",
                                            "promotion"),
                                    EDGES,
                                    APP));

    @ArchTest
    static final ArchRule theApiTranslatesAndDecidesNothing =
            noClasses()
                    .that()
                    .resideInAnyPackage(EDGES)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(together(FEATURES, ADAPTERS, APP));

    @ArchTest
    static final ArchRule theChainOfFeaturesGoesOneWay =
            noClasses()
                    .that()
                    .resideInAnyPackage(packages("baseline"))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            packages(
                                    "release",
                                    "plan",
                                    "decision",
                                    "approval",
                                    "rollout",
                                    "verification",
                                    "promotion",
                                    "operation"));

    @ArchTest
    static final ArchRule plansKnowNothingOfWhatComesAfter =
            noClasses()
                    .that()
                    .resideInAnyPackage(packages("release", "plan"))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            packages(
                                    "decision",
                                    "approval",
                                    "rollout",
                                    "verification",
                                    "promotion"));

    @ArchTest
    static final ArchRule onlyPromotionsBringDecisionApprovalAndRolloutTogether =
            noClasses()
                    .that()
                    .resideInAnyPackage(packages("decision", "approval", "rollout", "verification"))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(packages("promotion"));

    @ArchTest
    static final ArchRule nothingIsBuiltOnTheReadsOfWhatRuns =
            noClasses()
                    .that()
                    .resideInAnyPackage(packages("promotion", "rollout", "plan", "baseline"))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(packages("workload"));

    @ArchTest
    static final ArchRule timeIsInjected =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(APP)
                    .should()
                    .callMethod(Instant.class, "now")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callConstructor(Random.class);
}
