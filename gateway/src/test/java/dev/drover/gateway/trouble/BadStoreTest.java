package dev.drover.gateway.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.drover.gateway.api.StartFailure;
import dev.drover.gateway.nomad.RealNomad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A store that cannot be used or runs out of room, as callers and operators see it. */
class BadStoreTest {
    private static final String NEWER =
            "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
                    + " checksum, installed_by, execution_time, success)"
                    + " VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', 1, '', 1, 1)";

    @RegisterExtension static final RealNomad NOMAD = new RealNomad();

    @TempDir Path directory;

    @Test
    void fullStoreRefusesWritesAndRecoversInMidPromotionWithoutARestart() throws Exception {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.toString()),
                "needs the right to mount");
        try (Shop shop = Shop.open(NOMAD, disk.resolve("store"))) {
            String release = shop.release("1.0.0", Jobspecs.WEB);
            String promotion = shop.promote(Shop.ROOT, "one", release, Shop.STAGING);
            Path ballast = fill(disk);
            Answer refusal = firstRefusal(shop);
            assertThat(refusal.status()).isEqualTo(503);
            assertThat(refusal.reason()).isEqualTo("STORE_UNAVAILABLE");
            assertThat(refusal.message())
                    .contains(
                            disk.toString(), "is full: make room on its disk; then writing works");
            // Reading goes on, and nothing of what was refused is there.
            String last = refusal.body().path("asked").asText();
            assertThat(shop.call(Shop.ROOT, "GET", "projects/" + last, "").status()).isEqualTo(404);

            Files.delete(ballast);
            assertThat(shop.ended(promotion).path("state").asText()).isEqualTo("SUCCEEDED");
            JsonNode intact = shop.post("auditEntries:verify", "{}");
            assertThat(intact.path("name").asText()).startsWith("operations/");
            assertThat(NOMAD.cluster().versions(shop.staging, "web")).hasSize(1);
        } finally {
            assertThat(run("umount", disk.toString())).isTrue();
        }
    }

    @Test
    void storeThatIsMountedReadOnlyIsRefusedAtTheStart() throws Exception {
        Path disk = Files.createDirectory(directory.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk.toString()),
                "needs the right to mount");
        try {
            Shop.start(NOMAD, disk.resolve("store")).close();
            assertThat(run("mount", "-o", "remount,ro", disk.toString())).isTrue();
            assertRefused(disk.resolve("store"), "read-only");
        } finally {
            assertThat(run("umount", disk.toString())).isTrue();
        }
    }

    @Test
    void secondGatewayOnOneStoreRefusesToStartInOneSentence() {
        try (Shop first = Shop.open(NOMAD, directory)) {
            assertRefused(
                    directory, "the embedded store is in use: process", "stop that gateway, or");
            assertThat(first.get("projects/shop").path("name").asText()).isEqualTo("projects/shop");
        }
    }

    @Test
    void storeOfANewerGatewayIsRefusedWithTheVersionThatItNeeds() throws SQLException {
        Shop.start(NOMAD, directory).close();
        try (var connection =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + directory.resolve("drover.db"));
                var statement = connection.createStatement()) {
            statement.execute(NEWER);
        }
        assertRefused(
                directory,
                "was written by a newer gateway",
                "version 99",
                "start that version, or one after it");
    }

    private static void assertRefused(Path directory, String... told) {
        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> Shop.start(NOMAD, directory).close())
                .satisfies(refusal ->
                        assertThat(refusal.getMessage())
                                .contains(told)
                                .contains(directory.toString())
                                .doesNotContain("\n"));
    }

    /** Takes all the room that is left. */
    private static Path fill(Path disk) throws IOException {
        Path ballast = disk.resolve("of somebody else");
        try (var out = Files.newOutputStream(ballast)) {
            byte[] page = new byte[1024];
            while (disk.toFile().getUsableSpace() > 0) {
                out.write(page);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space");
        }
        return ballast;
    }

    /** The write-ahead log may hold a few more: the first that does not fit. */
    private static Answer firstRefusal(Shop shop) {
        for (int i = 0; i < 1000; i++) {
            String body = "{\"displayName\": \"" + "x".repeat(4000) + "\"}";
            Answer answer = shop.call(Shop.ROOT, "POST", "projects?projectId=p" + i, body);
            if (answer.status() != 200) {
                ((com.fasterxml.jackson.databind.node.ObjectNode) answer.body())
                        .put("asked", "p" + i);
                return answer;
            }
        }
        throw new AssertionError("the disk never became full");
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
