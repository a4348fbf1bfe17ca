package dev.drover.gateway.baseline;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.drover.gateway.baseline.query.PageToken;
import dev.drover.gateway.call.Methods;
import dev.drover.gateway.error.GatewayException;
import dev.drover.gateway.record.Records;
import dev.drover.gateway.record.StoredRecord;
import dev.drover.gateway.record.Write;
import dev.drover.v1.ListPolicyRevisionsResponse;
import dev.drover.v1.Policy;
import dev.drover.v1.PolicyProto;
import dev.drover.v1.PolicyRevision;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Every revision of every policy, also of those that were deleted. */
public final class PolicyRevisions {
    private static final String KIND = PolicyRevision.getDescriptor().getName();
    private static final int BATCH = 1000;

    private final Records records;
    private final InstantSource clock;

    /** Keeps revisions in these records. */
    public PolicyRevisions(Records records, InstantSource clock) {
        this.records = records;
        this.clock = clock;
    }

    /** One revision, by the policy's name and the revision's number, from 1. */
    public Optional<PolicyRevision> get(String policy, long revision) {
        return records.get(KIND, name(policy, revision)).map(PolicyRevisions::read);
    }

    /** Puts ListPolicyRevisions into the table of methods. */
    public void register(Methods methods) {
        methods.add(
                PolicyProto.getDescriptor()
                        .findServiceByName("PolicyService")
                        .findMethodByName("ListPolicyRevisions"),
                (call, request) -> list(request));
    }

    /** The number of the newest revision; 0: there is none. */
    public long newest(String policy) {
        long count = 0;
        List<StoredRecord> page;
        do {
            page = records.list(KIND, prefix(policy), name(policy, count), BATCH);
            count += page.size();
        } while (page.size() == BATCH);
        return count;
    }

    /** The write of a revision; the reason may be empty. */
    Write add(String name, Policy policy, String author, String reason) {
        PolicyRevision revision =
                PolicyRevision.newBuilder()
                        .setPolicy(name)
                        .setRevision(policy.getRevision())
                        .setSnapshot(policy.toBuilder().clearEtag())
                        .setAuthor(author)
                        .setChangeReason(reason)
                        .setCreateTime(Fields.timestamp(clock.instant()))
                        .build();
        return new Write.Put(
                KIND,
                name(name, policy.getRevision()),
                Write.ABSENT,
                revision.toByteString(),
                List.of());
    }

    private Message list(Message request) {
        String policy = Fields.text(request, "parent");
        long newest = newest(policy);
        if (newest == 0) {
            throw GatewayException.notFound("drover.dev/Policy", policy);
        }
        int size = Reads.pageSize(request);
        String token = Fields.text(request, "page_token");
        long from = token.isEmpty() ? newest : number(PageToken.place(KIND + policy, token));
        long before = Math.max(0, from - size);
        List<StoredRecord> page =
                records.list(KIND, prefix(policy), name(policy, before), (int) (from - before));
        ListPolicyRevisionsResponse.Builder answer = ListPolicyRevisionsResponse.newBuilder();
        page.reversed().forEach(record -> answer.addPolicyRevisions(read(record)));
        if (before > 0) {
            answer.setNextPageToken(
                    PageToken.of(KIND + policy, ByteString.copyFromUtf8(Long.toString(before))));
        }
        return answer.build();
    }

    private static long number(ByteString place) {
        try {
            return Long.parseLong(place.toStringUtf8());
        } catch (NumberFormatException e) {
            throw PageToken.unusable();
        }
    }

    private static String prefix(String policy) {
        return policy + "/revisions/";
    }

    // Padded, so that the order of names is the order of numbers.
    private static String name(String policy, long revision) {
        return prefix(policy) + "%09d".formatted(revision);
    }

    private static PolicyRevision read(StoredRecord record) {
        try {
            return PolicyRevision.parseFrom(record.body());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(record.name() + " cannot be read", e);
        }
    }
}
