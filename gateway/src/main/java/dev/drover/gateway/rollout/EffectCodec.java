package dev.drover.gateway.rollout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import java.io.IOException;

/** Effects as they are kept in the list of work. */
public final class EffectCodec {
    private static final ObjectMapper JSON = new ObjectMapper();

    private EffectCodec() {}

    /** The bytes of an effect. */
    public static ByteString encode(RolloutEffect effect) {
        ObjectNode node = JSON.valueToTree(effect);
        node.put("type", effect.getClass().getSimpleName());
        try {
            return ByteString.copyFrom(JSON.writeValueAsBytes(node));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("effect " + effect.key() + " cannot be written", e);
        }
    }

    /** The effect of some bytes. */
    public static RolloutEffect decode(ByteString bytes) {
        try {
            ObjectNode node = (ObjectNode) JSON.readTree(bytes.toByteArray());
            JsonNode type = node.remove("type");
            return JSON.treeToValue(node, type(type.asText()));
        } catch (IOException e) {
            throw new IllegalStateException("an effect cannot be read", e);
        }
    }

    private static Class<? extends RolloutEffect> type(String name) {
        return switch (name) {
            case "Register" -> RolloutEffect.Register.class;
            case "RunJob" -> RolloutEffect.RunJob.class;
            case "StopJob" -> RolloutEffect.StopJob.class;
            case "PauseDeployment" -> RolloutEffect.PauseDeployment.class;
            case "PromoteDeployment" -> RolloutEffect.PromoteDeployment.class;
            case "FailDeployment" -> RolloutEffect.FailDeployment.class;
            case "RestartAllocation" -> RolloutEffect.RestartAllocation.class;
            case "TagVersion" -> RolloutEffect.TagVersion.class;
            default -> throw new IllegalStateException("unknown effect " + name);
        };
    }
}
