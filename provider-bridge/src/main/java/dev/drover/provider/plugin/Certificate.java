package dev.drover.provider.plugin;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;

/**
 * The certificate of one process: self-signed, for "localhost", told to the other side in the
 * handshake.
 */
final class Certificate {
    /** The first P-256 key of a process is slow: the JDK builds a table for it. */
    private static final String CURVE = "secp384r1";

    private static final Duration BACKDATED = Duration.ofMinutes(1);
    private static final Duration VALIDITY = Duration.ofDays(30 * 365);

    private static final byte[] ECDSA_WITH_SHA384 =
            Der.sequence(Der.objectId(42, 840, 10045, 4, 3, 3));
    private static final byte[] COMMON_NAME = Der.objectId(85, 4, 3);
    private static final byte[] SUBJECT_ALT_NAME = Der.objectId(85, 29, 17);
    private static final int DNS_NAME = 0x82;
    private static final int EXPLICIT_VERSION = 0xa0;
    private static final int EXPLICIT_EXTENSIONS = 0xa3;

    private final byte[] der;
    private final PrivateKey key;

    private Certificate(byte[] der, PrivateKey key) {
        this.der = der;
        this.key = key;
    }

    byte[] der() {
        return der.clone();
    }

    PrivateKey key() {
        return key;
    }

    static Certificate create(Instant now) throws GeneralSecurityException {
        return create(now, CURVE);
    }

    /**
     * @param curve of the key, for example {@code secp521r1}, which Terraform's own keys are of
     */
    static Certificate create(Instant now, String curve) throws GeneralSecurityException {
        SecureRandom random = new SecureRandom();
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve), random);
        KeyPair pair = generator.generateKeyPair();

        byte[] content =
                content(
                        new BigInteger(127, random).setBit(126),
                        pair.getPublic().getEncoded(),
                        now);
        Signature signer = Signature.getInstance("SHA384withECDSA");
        signer.initSign(pair.getPrivate(), random);
        signer.update(content);
        byte[] der = Der.sequence(content, ECDSA_WITH_SHA384, Der.bits(signer.sign()));
        return new Certificate(der, pair.getPrivate());
    }

    private static byte[] content(BigInteger serial, byte[] publicKey, Instant now) {
        byte[] name = Der.sequence(Der.set(Der.sequence(COMMON_NAME, Der.utf8("localhost"))));
        byte[] validity =
                Der.sequence(Der.time(now.minus(BACKDATED)), Der.time(now.plus(VALIDITY)));
        // Go looks at the alternative name only, and takes a self-signed certificate without CA
        // flag as its own root.
        byte[] host = Der.tagged(DNS_NAME, "localhost".getBytes(StandardCharsets.US_ASCII));
        byte[] extensions =
                Der.sequence(Der.sequence(SUBJECT_ALT_NAME, Der.octets(Der.sequence(host))));
        return Der.sequence(
                Der.tagged(EXPLICIT_VERSION, Der.integer(BigInteger.TWO)),
                Der.integer(serial),
                ECDSA_WITH_SHA384,
                name,
                validity,
                name,
                publicKey,
                Der.tagged(EXPLICIT_EXTENSIONS, extensions));
    }
}
