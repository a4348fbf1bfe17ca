package dev.drover.gateway.suspension;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.ServiceDescriptor;
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
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.error.Reason;
import dev.drover.gateway.record.Write;
import dev.drover.v1.SuspendRequest;
import dev.drover.v1.Suspension;
import dev.drover.v1.SuspensionProto;
import dev.drover.v1.UnsuspendRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** The methods that stop the line and let it go on. */
public final class SuspensionMethods {
    private final Lookup lookup;
    private final Mutations mutations;
    private final NewSuspension made;
    private final Kind<Suspension> kind = Suspensions.kind();

    /** Suspensions in the records behind these. */
    public SuspensionMethods(Lookup lookup, Mutations mutations, RandomGenerator random) {
        this.lookup = lookup;
        this.mutations = mutations;
        this.made = new NewSuspension(lookup, random);
    }

    /** Puts Suspend and Unsuspend into the table of methods. */
    public void register(Methods methods) {
        ServiceDescriptor service =
                SuspensionProto.getDescriptor().findServiceByName("SuspensionService");
        methods.add(
                Objects.requireNonNull(service.findMethodByName("Suspend")),
                (call, request) -> suspend(call, (SuspendRequest) request));
        methods.add(
                Objects.requireNonNull(service.findMethodByName("Unsuspend")),
                (call, request) -> unsuspend(call, (UnsuspendRequest) request));
    }

    private Suspension suspend(Call call, SuspendRequest request) {
        return mutations.answer(
                call,
                request,
                Suspension.getDefaultInstance(),
                () -> {
                    GivenText.required("reason", request.getReason());
                    Suspension suspension =
                            made.of(request, call.caller().account(), mutations.now());
                    if (lookup.find(Suspension.class, suspension.getName()).isPresent()) {
                        throw taken(suspension.getName());
                    }
                    ByteString body = kind.body(suspension);
                    Suspension answer = suspension.toBuilder().setEtag(Etags.of(1, body)).build();
                    mutations.commit(
                            call,
                            request,
                            answer,
                            List.of(
                                    new Write.Put(
                                            kind.recordKind(),
                                            suspension.getName(),
                                            Write.ABSENT,
                                            body,
                                            List.of()),
                                    Suspensions.changed()),
                            event(
                                    call,
                                    "suspension.create",
                                    suspension,
                                    SuspensionText.told(suspension)));
                    return answer;
                });
    }

    private Suspension unsuspend(Call call, UnsuspendRequest request) {
        return mutations.answer(
                call,
                request,
                Suspension.getDefaultInstance(),
                () -> {
                    GivenText.required("reason", request.getReason());
                    Versioned<Suspension> present = lookup.get(Suspension.class, request.getName());
                    Suspension lifted = present.message();
                    Etags.check(lifted.getName(), request.getEtag(), lifted.getEtag());
                    mutations.commit(
                            call,
                            request,
                            lifted,
                            List.of(
                                    new Write.Delete(
                                            kind.recordKind(),
                                            lifted.getName(),
                                            present.revision()),
                                    Suspensions.changed()),
                            event(
                                    call,
                                    "suspension.lift",
                                    lifted,
                                    "lifted: " + request.getReason()));
                    return lifted;
                });
    }

    private static AuditEvent event(
            Call call, String action, Suspension suspension, String summary) {
        return new AuditEvent(
                call.caller().account(),
                action,
                suspension.getName(),
                summary,
                Map.of(
                        "scope",
                        suspension.getScope(),
                        "application",
                        suspension.getApplication(),
                        "release",
                        suspension.getRelease(),
                        "reason",
                        suspension.getReason()),
                call.id());
    }

    private static GatewayException taken(String name) {
        return new GatewayException(
                Reason.ALREADY_EXISTS,
                name + " exists already; choose another id, or leave it out",
                ErrorDetails.resource("drover.dev/Suspension", name));
    }
}
