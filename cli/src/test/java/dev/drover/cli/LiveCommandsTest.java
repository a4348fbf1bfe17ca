package dev.drover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.gateway.nomad.RealNomad;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What people see who change what runs without a release, on a real Nomad. */
class LiveCommandsTest {
    @RegisterExtension static final LiveGateway GATEWAY = new LiveGateway();
    @RegisterExtension static final RealNomad NOMAD = new RealNomad();

    @TempDir Path directory;

    @Test
    void countsAreToldBeforeAndAfterTheyChange() throws Exception {
        Shop shop = shop("counts");
        Drover developer = shop.developer();
        assertThat(
                        developer
                                .run("scale", "shop", "staging", "web.web=2", "--dry-run")
                                .exits(0)
                                .out())
                .startsWith("It would be QUEUED")
                .contains("scale: register it with other counts: group \"web\" from 1 to 2")
                .contains("the next release brings the counts of its jobspec again");
        assertThat(developer.run("scale", "shop", "staging", "web.web=2").exits(0).out())
                .startsWith("==> scale shop/1 in staging as ")
                .endsWith("==> succeeded: shop/1 has its new counts in staging\n");
        assertThat(developer.run("status").exits(0).out()).contains("1 (scaled to web.web=2)");
        assertThat(developer.run("status", "shop", "staging").exits(0).out())
                .containsPattern(
                        "Release 1, brought by first at .*, scaled to web.web=2 by shop-1-");
    }

    @Test
    void countsThatCannotBeAreRefusedWithTheWayOut() throws Exception {
        Drover developer = shop("nonsense").developer();
        assertThat(developer.run("scale", "shop", "staging", "web=2").exits(1).err())
                .contains("'web=2' is not JOB.GROUP=N; write for example web.frontend=6");
        assertThat(developer.run("scale", "shop", "staging", "web.nope=2").exits(1).err())
                .contains("groups[0].group", "its groups are web");
        assertThat(developer.run("scale", "shop", "staging", "web.web=10001").exits(1).err())
                .contains("groups[0].count", "from 0 to 10000");
        assertThat(developer.run("scale", "shop", "staging").exits(1).err())
                .contains("JOB.GROUP=N");
    }

    @Test
    void whatIsRestartedIsTold() throws Exception {
        Shop shop = shop("again");
        assertThat(shop.developer().run("restart", "shop", "staging").exits(0).out())
                .startsWith("==> restart shop/1 in staging as ")
                .contains("1 allocations restarted")
                .endsWith("==> succeeded: shop/1 was restarted in staging\n");
        assertThat(shop.developer().run("status", "shop", "staging").exits(0).out())
                .containsPattern("Release 1, brought by first at .*, restarted by shop-1-.* at 2");
    }

    @Test
    void whatIsStoppedIsTold() throws Exception {
        Shop shop = shop("night");
        assertThat(
                        shop.developer()
                                .run("stop", "shop", "staging", "--reason", "night")
                                .exits(0)
                                .out())
                .startsWith("==> stop shop/1 in staging as ")
                .endsWith("==> succeeded: shop/1 is stopped in staging\n");
        assertThat(shop.developer().run("scale", "shop", "staging", "web.web=2").exits(5).out())
                .contains("does not run; promote a release to start it");

        // The scaling that failed changed nothing: it is still the stop that counts.
        assertThat(shop.developer().run("status").exits(0).out())
                .containsPattern("shop +1 STOPPED \\(last: shop-1-staging-2 FAILED\\) +-\n");
        assertThat(shop.developer().run("status", "shop", "staging").exits(0).out())
                .startsWith("shop in staging: STOPPED\n")
                .contains(
                        ", stopped by shop-1-staging-1.",
                        "as " + shop.promotion("shop-1-staging-1"))
                .contains(": night\n")
                .doesNotContain("what a promotion changed was left");
        shop.promote("1", "staging", "again").exits(0);
        assertThat(shop.developer().run("status").exits(0).out())
                .contains("shop         1        -");
    }

    private Shop shop(String project) throws Exception {
        Shop shop = new Shop(project, GATEWAY, NOMAD, directory);
        shop.release("1", Shop.WELL);
        shop.promote("1", "staging", "first").exits(0);
        return shop;
    }
}
