package dev.drover.gateway.auth;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import dev.drover.gateway.audit.AuditEvent;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.gateway.record.Commit;
import dev.drover.gateway.record.RecordKey;
import dev.drover.gateway.record.Records;
import dev.drover.gateway.record.StoredRecord;
import dev.drover.gateway.record.Write;
import dev.drover.v1.IssueServiceAccountTokenResponse;
import dev.drover.v1.ServiceAccount;
import dev.drover.v1.ServiceAccountToken;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tokens of service accounts. The secret is told once; what is kept is its SHA-256, as the name of
 * a record, so that looking a token up compares nothing byte by byte. A second record per token,
 * under its account, makes them listable.
 */
public final class ServiceAccountTokens {
    private static final String HASHES = "TokenHash";
    private static final String TOKENS = ServiceAccountToken.getDescriptor().getName();
    private static final String ACCOUNTS = ServiceAccount.getDescriptor().getName();
    private static final String PREFIX = "drover_";
    private static final int SECRET_BYTES = 32;
    private static final int ID_LENGTH = 16;
    private static final int MAX_TOKENS = 100;

    /**
     * Who issues or revokes, for the audit log.
     *
     * @param account the caller's account
     * @param callId the call
     */
    public record Actor(String account, String callId) {}

    private final Records records;
    private final SecureRandom random;
    private final InstantSource clock;

    /** Keeps tokens in these records. */
    public ServiceAccountTokens(Records records, SecureRandom random, InstantSource clock) {
        this.records = records;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Issues a token to an account that exists.
     *
     * @param ttl how long it works; empty: for ever
     * @throws GatewayException LIMIT_EXCEEDED where the account has 100 that still work
     */
    public IssueServiceAccountTokenResponse issue(
            String account, String description, Optional<Duration> ttl, Actor actor) {
        Instant now = clock.instant();
        List<ServiceAccountToken> present = list(account);
        List<Write> writes = new ArrayList<>();
        present.stream()
                .filter(token -> expired(token, now))
                .forEach(token -> writes.addAll(deletion(token.getName())));
        if (present.size() - writes.size() / 2 >= MAX_TOKENS) {
            throw new GatewayException(
                    Reason.LIMIT_EXCEEDED,
                    account + " has " + MAX_TOKENS + " tokens; revoke some first");
        }
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        String secret = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        String hash = TokenHash.of(secret);
        ServiceAccountToken.Builder token =
                ServiceAccountToken.newBuilder()
                        .setName(account + "/tokens/" + hash.substring(0, ID_LENGTH))
                        .setDescription(description)
                        .setCreateTime(timestamp(now));
        ttl.ifPresent(length -> token.setExpireTime(timestamp(now.plus(length))));
        writes.addAll(puts(account, hash, token.build()));
        commit(writes, token.getName(), "issue", "Token issued: " + description, actor);
        return IssueServiceAccountTokenResponse.newBuilder()
                .setToken(token)
                .setSecret(secret)
                .build();
    }

    private static List<Write> puts(String account, String hash, ServiceAccountToken token) {
        ByteString body = token.toByteString();
        List<RecordKey> owner = List.of(new RecordKey(ACCOUNTS, account));
        return List.of(
                new Write.Put(HASHES, hash, Write.ABSENT, body, owner),
                new Write.Put(TOKENS, token.getName(), Write.ABSENT, body, owner));
    }

    /** Ends a token at once; nothing happens where there is none with this name. */
    public void revoke(String name, Actor actor) {
        List<Write> writes = deletion(name);
        if (!writes.isEmpty()) {
            commit(writes, name, "revoke", "Token revoked", actor);
        }
    }

    private void commit(List<Write> writes, String name, String verb, String summary, Actor actor) {
        AuditEvent event =
                new AuditEvent(
                        actor.account(),
                        "serviceAccountToken." + verb,
                        name,
                        summary,
                        Map.of(),
                        actor.callId());
        records.commit(Commit.of(writes, event), clock.instant());
    }

    /** All tokens of an account, the newest first. */
    public List<ServiceAccountToken> list(String account) {
        return records.list(TOKENS, account + "/tokens/", "", 2 * MAX_TOKENS).stream()
                .map(ServiceAccountTokens::token)
                .sorted(Comparator.comparing(ServiceAccountTokens::created).reversed())
                .toList();
    }

    /** What takes all tokens of an account away. */
    public List<Write> deletionOfAll(String account) {
        return list(account).stream().flatMap(token -> deletion(token.getName()).stream()).toList();
    }

    private List<Write> deletion(String name) {
        List<Write> writes = new ArrayList<>();
        if (records.get(TOKENS, name).isPresent()) {
            String id = name.substring(name.lastIndexOf('/') + 1);
            records.list(HASHES, id, "", 1)
                    .forEach(hash -> writes.add(new Write.Delete(HASHES, hash.name(), Write.ANY)));
            writes.add(new Write.Delete(TOKENS, name, Write.ANY));
        }
        return writes;
    }

    /** Who holds a token; empty where it does not work, whatever the reason. */
    Optional<Principal> holder(String secret) {
        if (!secret.startsWith(PREFIX)) {
            return Optional.empty();
        }
        return records.get(HASHES, TokenHash.of(secret))
                .map(ServiceAccountTokens::token)
                .filter(token -> !expired(token, clock.instant()))
                .flatMap(token -> account(token.getName()))
                .filter(account -> !account.getDisabled())
                .map(account ->
                        new Principal(
                                account.getName(),
                                Set.copyOf(account.getGroupsList()),
                                account.getAccessLevel()));
    }

    private Optional<ServiceAccount> account(String token) {
        String name = token.substring(0, token.indexOf("/tokens/"));
        return records.get(ACCOUNTS, name).map(ServiceAccountTokens::read);
    }

    private static boolean expired(ServiceAccountToken token, Instant now) {
        return token.hasExpireTime() && !instant(token.getExpireTime()).isAfter(now);
    }

    private static Instant created(ServiceAccountToken token) {
        return instant(token.getCreateTime());
    }

    private static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    private static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    private static ServiceAccountToken token(StoredRecord record) {
        try {
            return ServiceAccountToken.parseFrom(record.body());
        } catch (InvalidProtocolBufferException e) {
            throw unreadable(record, e);
        }
    }

    private static ServiceAccount read(StoredRecord record) {
        try {
            return ServiceAccount.parseFrom(record.body());
        } catch (InvalidProtocolBufferException e) {
            throw unreadable(record, e);
        }
    }

    private static GatewayException unreadable(StoredRecord record, Throwable cause) {
        return new GatewayException(
                Reason.INTERNAL,
                "a " + record.kind() + " cannot be read",
                ErrorDetails.NONE,
                cause);
    }
}
