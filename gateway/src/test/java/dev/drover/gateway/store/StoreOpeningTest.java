package dev.drover.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A store that cannot be used is refused at the start, in words that say what to do. */
final class StoreOpeningTest {
    private static final int PAGE = 4096;

    /** Makes even root obey the permissions of files. */
    private static final List<String> WITHOUT_PRIVILEGES =
            List.of("setpriv", "--bounding-set", "-all");

    private final Path directory = StoreDirectory.create();
    private final Path file = directory.resolve("drover.db");

    @AfterEach
    void delete() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        StoreDirectory.delete(directory);
    }

    @Test
    void aMissingDirectoryIsMadeForItsOwnerAlone() throws Exception {
        Path below = directory.resolve("var/drover");

        open(below).close();

        assertThat(permissions(below)).isEqualTo("rwx------");
        assertThat(permissions(below.resolve("drover.db"))).isEqualTo("rw-------");
    }

    @Test
    void aSecondOpenerInThisProcessIsRefused() {
        try (SqliteStore first = open(directory)) {
            GatewayException refusal = refused();

            assertThat(refusal.reason()).isEqualTo(Reason.STORE_UNAVAILABLE);
            assertThat(refusal)
                    .hasMessageContaining(directory.resolve("drover.lock").toString())
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
            // The refused one must not have let go of the first one's lock.
            assertThat(refused()).hasMessageContaining("in use");
            assertThat(first.size()).isZero();
        }
        open(directory).close();
    }

    @Test
    void aStoreOfAnotherProcessIsRefusedUntilThatEnds() throws Exception {
        Process other = Commands.java(List.of(), OpenAndWait.class, directory.toString());
        try (BufferedReader output = other.inputReader()) {
            assertThat(output.readLine()).isEqualTo("open 0");

            GatewayException refusal = refused();

            assertThat(refusal)
                    .hasMessageContaining("process " + other.pid() + " holds")
                    .hasMessageContaining(directory.resolve("drover.lock").toString())
                    .hasMessageContaining("stop that gateway");
        } finally {
            other.destroyForcibly().waitFor();
        }
        open(directory).close();
    }

    @Test
    void aDirectoryThatCannotBeWrittenIsRefused() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-x------"));

        assertThat(openedWithoutPrivileges())
                .startsWith("STORE_UNAVAILABLE the store " + file)
                .contains("needs read and write permission for " + directory);
    }

    @Test
    void aFileThatCannotBeWrittenIsRefused() throws Exception {
        open(directory).close();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));

        assertThat(openedWithoutPrivileges())
                .startsWith("STORE_UNAVAILABLE the store " + file)
                .contains("is read-only: give the gateway's user write permission");
    }

    @Test
    void aFileThatIsNoDatabaseIsRefused() throws Exception {
        Files.writeString(file, "this is a note, not a database".repeat(200));

        assertThat(refused()).hasMessageContaining("is not a database: stop the gateway");
    }

    @Test
    void aDamagedFileIsRefused() throws Exception {
        try (SqliteStore store = open(directory)) {
            for (int i = 0; i < 50; i++) {
                store.commit(Commits.create("projects/" + i, Commits.body(1000)), Commits.T0);
            }
        }
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, PAGE, bytes.length, (byte) 0x5a);
        Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);

        assertThat(refused())
                .hasMessageContaining("is damaged: stop the gateway and restore")
                .extracting(GatewayException::reason)
                .isEqualTo(Reason.STORE_UNAVAILABLE);
    }

    @Test
    void aDatabaseOfAnotherProgramIsRefused() throws Exception {
        RawSql.run(directory, "CREATE TABLE somebody_elses (id INTEGER)");

        assertThat(refused()).hasMessageContaining("was not made by Drover");
    }

    @Test
    void aStoreOfANewerGatewayIsRefused() throws Exception {
        open(directory).close();
        RawSql.run(
                directory,
                "INSERT INTO flyway_schema_history (installed_rank, version, description, type,"
                        + " script, checksum, installed_by, execution_time, success)"
                        + " VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', 1, '', 1, 1)");

        assertThat(refused())
                .hasMessageContaining("was written by a newer gateway")
                .hasMessageContaining("version 99");
    }

    @Test
    void aRefusedOpeningLetsTheDirectoryGo() throws Exception {
        Files.writeString(file, "this is a note, not a database".repeat(200));
        assertThat(refused()).isNotNull();

        Files.delete(file);

        open(directory).close();
    }

    private SqliteStore open(Path where) {
        return SqliteStore.open(StoreSettings.in(where));
    }

    private GatewayException refused() {
        return catchThrowableOfType(GatewayException.class, () -> open(directory).close());
    }

    private String openedWithoutPrivileges() throws Exception {
        boolean root = "root".equals(System.getProperty("user.name"));
        assumeTrue(!root || Commands.succeeds("setpriv", "--version"), "root needs setpriv");
        Process process =
                Commands.java(
                        root ? WITHOUT_PRIVILEGES : List.of(),
                        OpenAndWait.class,
                        directory.toString());
        process.getOutputStream().close();
        try (BufferedReader output = process.inputReader()) {
            return String.valueOf(output.readLine());
        } finally {
            process.waitFor();
        }
    }

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
