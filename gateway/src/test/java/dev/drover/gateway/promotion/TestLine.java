package dev.drover.gateway.promotion;

import com.google.protobuf.Message;
import dev.drover.gateway.auth.Principal;
import dev.drover.gateway.baseline.Lookup;
import dev.drover.gateway.baseline.Mutations;
import dev.drover.gateway.call.Call;
import dev.drover.gateway.call.Methods;
import dev.drover.gateway.call.RequestIds;
import dev.drover.gateway.record.Records;
import dev.drover.gateway.suspension.SuspensionMethods;
import dev.drover.v1.SuspendRequest;
import dev.drover.v1.Suspension;
import dev.drover.v1.SuspensionProto;
import dev.drover.v1.UnsuspendRequest;
import java.time.InstantSource;
import java.util.Random;

/** People who stop the line, and let it go on. */
final class TestLine {
    private final Records records;
    private final InstantSource clock;

    TestLine(Records records, InstantSource clock) {
        this.records = records;
        this.clock = clock;
    }

    Suspension suspend(SuspendRequest.Builder request) {
        return (Suspension) call("Suspend", PromotionLab.DEVELOPER, request.build());
    }

    /** Stops the line somewhere, because of a fire. */
    Suspension suspend(String scope) {
        return suspend(SuspendRequest.newBuilder().setScope(scope).setReason("fire"));
    }

    void unsuspend(Suspension suspension) {
        call(
                "Unsuspend",
                PromotionLab.OWNER,
                UnsuspendRequest.newBuilder()
                        .setName(suspension.getName())
                        .setReason("it is out")
                        .build());
    }

    Message call(String method, Principal caller, Message request) {
        Lookup lookup = new Lookup(records, TestNouns.kinds());
        Methods methods = new Methods();
        new SuspensionMethods(
                        lookup,
                        new Mutations(records, new RequestIds(records, clock), clock),
                        new Random(1))
                .register(methods);
        var descriptor =
                SuspensionProto.getDescriptor()
                        .findServiceByName("SuspensionService")
                        .findMethodByName(method);
        return methods.unary(descriptor)
                .orElseThrow()
                .call(new Call(caller, descriptor.getFullName(), "call-1"), request);
    }
}
