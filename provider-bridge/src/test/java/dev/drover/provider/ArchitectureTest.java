package dev.drover.provider;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

@AnalyzeClasses(
        packages = "dev.drover.provider",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String PLUGIN = "dev.drover.provider.plugin..";
    private static final String PROTOCOL = "dev.drover.provider.protocol..";
    private static final String FRAMEWORK = "dev.drover.provider.framework..";
    private static final String WIRE = "dev.drover.provider.tfplugin6..";

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.drover.provider.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheProtocolSeesItsMessages =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(PLUGIN, PROTOCOL, WIRE)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(WIRE);

    @ArchTest
    static final ArchRule frameworkKnowsNoTransport =
            noClasses()
                    .that()
                    .resideInAPackage(FRAMEWORK)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(PLUGIN, PROTOCOL, "io.grpc..", "com.google.protobuf..");

    @ArchTest
    static final ArchRule protocolIsBytesInAndBytesOut =
            noClasses()
                    .that()
                    .resideInAPackage(PROTOCOL)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(PLUGIN, "io.grpc..");

    @ArchTest
    static final ArchRule pluginLayersKnowNothingOfDrover =
            noClasses()
                    .that()
                    .resideInAnyPackage(PLUGIN, PROTOCOL, FRAMEWORK)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.drover.v1..",
                            "dev.drover.policy..",
                            "dev.drover.provider.resource..");

    @ArchTest
    static final ArchRule nothingDependsOnTheGateway =
            noClasses().should().dependOnClassesThat().resideInAPackage("dev.drover.gateway..");

    @ArchTest
    static final ArchRule timeIsInjected =
            noClasses()
                    .should()
                    .callMethod(Instant.class, "now")
                    .orShould()
                    .callMethod(Clock.class, "systemUTC")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis");
}
