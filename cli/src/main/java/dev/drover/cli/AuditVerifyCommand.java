package dev.drover.cli;

import com.google.longrunning.Operation;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.drover.v1.AuditServiceGrpc;
import dev.drover.v1.VerifyAuditLogRequest;
import dev.drover.v1.VerifyAuditLogResponse;
import java.util.HexFormat;
import picocli.CommandLine.Command;

/** Has the gateway compute the Merkle tree of the audit log again. */
@Command(
        name = "verify",
        description = "Have the gateway compute the hashes of the whole log again.",
        footerHeading = "%nExamples:%n",
        footer = {"  drover audit verify"})
final class AuditVerifyCommand extends ConnectionCommand {
    @Override
    ExitCode run(Connection gateway) throws InvalidProtocolBufferException {
        Operation operation =
                gateway.calling(AuditServiceGrpc::newBlockingStub)
                        .verifyAuditLog(VerifyAuditLogRequest.getDefaultInstance());
        VerifyAuditLogResponse found =
                LongRunning.result(gateway, operation, VerifyAuditLogResponse.class);
        if (output.json()) {
            output.print(found);
        } else if (found.getIntact()) {
            output.line(
                    "Intact: "
                            + found.getTreeSize()
                            + " entries, root hash "
                            + HexFormat.of().formatHex(found.getRootHash().toByteArray()));
        } else {
            output.line("NOT intact: entry " + found.getFirstBadSeq() + " is not what was written");
        }
        return found.getIntact() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
