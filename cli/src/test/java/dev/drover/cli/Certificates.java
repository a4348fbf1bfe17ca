package dev.drover.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** An authority of the tests' own, and certificates that it signs, made by the JDK's keytool. */
final class Certificates {
    private static final String PASSWORD = "changeit";

    private final Path directory;
    private final Path store;

    Certificates(Path directory) throws IOException, InterruptedException {
        this.directory = directory;
        this.store = directory.resolve("keys.p12");
        keytool("-alias", "ca", "-dname", "CN=Test CA", "-ext", "bc:c");
    }

    private void keytool(String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1"));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
        command.addAll(Arrays.asList(more));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool: " + said);
        }
    }

    /** The authority's certificate. */
    Path authority() throws IOException, GeneralSecurityException {
        return pem("ca.pem", "CERTIFICATE", keys().getCertificate("ca").getEncoded());
    }

    /** Signs a certificate for a subject like {@code ip:127.0.0.1}; there are two files. */
    Signed sign(String alias, String subject)
            throws IOException, InterruptedException, GeneralSecurityException {
        keytool(
                "-alias",
                alias,
                "-signer",
                "ca",
                "-dname",
                "CN=" + alias,
                "-ext",
                "san=" + subject);
        KeyStore keys = keys();
        return new Signed(
                pem(alias + ".pem", "CERTIFICATE", keys.getCertificate(alias).getEncoded()),
                pem(
                        alias + "-key.pem",
                        "PRIVATE KEY",
                        keys.getKey(alias, PASSWORD.toCharArray()).getEncoded()));
    }

    private KeyStore keys() throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    private Path pem(String file, String type, byte[] der) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return Files.writeString(
                directory.resolve(file),
                "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n");
    }

    /**
     * A certificate and its key.
     *
     * @param certificate PEM file
     * @param key PEM file
     */
    record Signed(Path certificate, Path key) {}
}
