package dev.drover.gateway.release;

import com.google.protobuf.Timestamp;
import dev.drover.gateway.audit.AuditEvent;
import dev.drover.gateway.baseline.Etags;
import dev.drover.gateway.baseline.Kind;
import dev.drover.gateway.baseline.Lookup;
import dev.drover.gateway.baseline.Mutations;
import dev.drover.gateway.baseline.Versioned;
import dev.drover.gateway.call.Call;
import dev.drover.gateway.call.GivenText;
import dev.drover.gateway.call.Methods;
import dev.drover.gateway.error.ErrorDetails;
import dev.drover.gateway.error.ErrorDetails.PreconditionViolation;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.gateway.record.Write;
import dev.drover.v1.AbandonReleaseRequest;
import dev.drover.v1.Release;
import dev.drover.v1.ReleaseProto;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Releases beyond the standard methods: abandoning. Creating, reading and watching them is the
 * generic service's, by {@link #kind}.
 */
public final class ReleaseService {

    private final Lookup lookup;
    private final Mutations mutations;
    private final Kind<Release> kind = kind(JobspecCheck.NONE);

    /** Releases in the records behind these. */
    public ReleaseService(Lookup lookup, Mutations mutations) {
        this.lookup = lookup;
        this.mutations = mutations;
    }

    /** The kind of releases, for the table of kinds. */
    public static Kind<Release> kind(JobspecCheck jobspecs) {
        return Kind.of(Release.getDefaultInstance(), new ReleaseHooks(jobspecs));
    }

    /** Puts AbandonRelease into the table of methods. */
    public void register(Methods methods) {
        methods.add(
                Objects.requireNonNull(
                        ReleaseProto.getDescriptor()
                                .findServiceByName("ReleaseService")
                                .findMethodByName("AbandonRelease")),
                (call, request) -> abandon(call, (AbandonReleaseRequest) request));
    }

    /** A release with its etag; NOT_FOUND where it does not exist. */
    public Versioned<Release> get(String name) {
        return lookup.get(Release.class, name);
    }

    private Release abandon(Call call, AbandonReleaseRequest request) {
        return mutations.answer(
                call, request, Release.getDefaultInstance(), () -> attempt(call, request));
    }

    private Release attempt(Call call, AbandonReleaseRequest request) {
        String reason = request.getReason();
        GivenText.required("reason", reason);
        Versioned<Release> present = get(request.getName());
        Release release = present.message();
        Etags.check(release.getName(), request.getEtag(), release.getEtag());
        refuseAbandoned(release);
        Instant now = mutations.now();
        Release abandoned =
                release.toBuilder()
                        .setState(Release.State.ABANDONED)
                        .setAbandonReason(reason)
                        .setUpdateTime(
                                Timestamp.newBuilder()
                                        .setSeconds(now.getEpochSecond())
                                        .setNanos(now.getNano()))
                        .build();
        var body = kind.body(abandoned);
        String etag = Etags.of(present.revision() + 1, body);
        Release answer = abandoned.toBuilder().setEtag(etag).build();
        mutations.commit(
                call,
                request,
                answer,
                List.of(
                        new Write.Put(
                                kind.recordKind(),
                                release.getName(),
                                present.revision(),
                                body,
                                List.of())),
                event(call, release, answer));
        return answer;
    }

    private static AuditEvent event(Call call, Release before, Release after) {
        return new AuditEvent(
                call.caller().account(),
                "release.abandon",
                after.getName(),
                "Release abandoned: " + after.getAbandonReason(),
                Map.of(
                        "reason",
                        after.getAbandonReason(),
                        "oldEtag",
                        before.getEtag(),
                        "newEtag",
                        after.getEtag()),
                call.id());
    }

    private static void refuseAbandoned(Release release) {
        if (release.getState() == Release.State.ABANDONED) {
            throw new GatewayException(
                    Reason.TRANSITION_NOT_ALLOWED,
                    release.getName()
                            + " is ABANDONED already, because: "
                            + release.getAbandonReason()
                            + "; only an ACTIVE release can be abandoned",
                    ErrorDetails.NONE
                            .with("currentState", "ABANDONED")
                            .with("allowedStates", "ACTIVE")
                            .with(
                                    new PreconditionViolation(
                                            "STATE", release.getName(), "is ABANDONED")));
        }
    }
}
