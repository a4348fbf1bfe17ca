package dev.drover.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.Random;

/** What the command line may know. */
@AnalyzeClasses(packages = "dev.drover.cli", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    /**
     * Commands are clients like any other; one of them starts the gateway and knows its front door,
     * and one judges tests of policies by the gateway's own gate.
     */
    @ArchTest
    static final ArchRule onlyTheGatewayCommandKnowsTheGateway =
            noClasses()
                    .that()
                    .haveSimpleNameNotStartingWith("GatewayCommand")
                    .and()
                    .haveSimpleNameNotStartingWith("PolicyTest")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.drover.gateway..");

    @ArchTest
    static final ArchRule theGatewayCommandKnowsTheFrontDoorOnly =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.drover.gateway.store..",
                            "dev.drover.gateway.nomad..",
                            "dev.drover.gateway.promotion..",
                            "dev.drover.gateway.baseline..",
                            "io.vertx..");

    @ArchTest
    static final ArchRule testsOfPoliciesKnowTheOfflineGateOnly =
            classes()
                    .that()
                    .haveSimpleNameStartingWith("PolicyTest")
                    .should()
                    .onlyDependOnClassesThat(
                            resideOutsideOfPackage("dev.drover.gateway..")
                                    .or(simpleName("OfflineGate")));

    @ArchTest
    static final ArchRule clientsUseNoServerStack =
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.netty..", "org.jooq..");

    @ArchTest
    static final ArchRule timeIsTheGateways =
            noClasses()
                    .should()
                    .callMethod(Instant.class, "now")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callConstructor(Random.class);
}
