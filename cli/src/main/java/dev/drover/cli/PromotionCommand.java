package dev.drover.cli;

import dev.drover.v1.GetPromotionRequest;
import dev.drover.v1.Promotion;
import dev.drover.v1.PromotionServiceGrpc;
import dev.drover.v1.PromotionServiceGrpc.PromotionServiceBlockingStub;
import java.util.function.Function;
import picocli.CommandLine.Parameters;

/** A command about one promotion. */
abstract class PromotionCommand extends ConnectionCommand {
    @Parameters(
            index = "0",
            paramLabel = "PROMOTION",
            description = "Id or resource name of the promotion")
    String promotionName = "";

    /** The resource name of the promotion. */
    final String name() {
        return connection.names().promotion(promotionName);
    }

    static PromotionServiceBlockingStub promotions(Connection gateway) {
        return gateway.calling(PromotionServiceGrpc::newBlockingStub);
    }

    /** As it is now. */
    final Promotion read(Connection gateway) {
        return promotions(gateway)
                .getPromotion(GetPromotionRequest.newBuilder().setName(name()).build());
    }

    /** Does something to it, and follows what comes of that. */
    final ExitCode follow(
            Connection gateway, Function<PromotionServiceBlockingStub, Promotion> act) {
        Promotion before = read(gateway);
        Promotion after = act.apply(promotions(gateway));
        return new PromotionMonitor(gateway, output).after(before, after).follow(name());
    }

    /** Tells what was done to it. */
    final ExitCode done(Promotion promotion, String told) {
        if (output.json()) {
            output.print(promotion);
        } else {
            output.line(told);
        }
        return ExitCode.DONE;
    }
}
