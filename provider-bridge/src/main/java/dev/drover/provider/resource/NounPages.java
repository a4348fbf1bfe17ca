package dev.drover.provider.resource;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.Value;
import java.util.List;
import java.util.function.Predicate;

/** The list method of a noun, page by page. */
record NounPages(Noun noun, Gateway gateway) {
    private static final int PAGE = 500;

    /**
     * All that a block asks for by {@code project} and {@code filter}.
     *
     * @param taken takes each; false: no more are wanted
     * @throws RefusedException with what the gateway said
     */
    void each(Value.Entries config, Predicate<Message> taken, Call call) {
        String token = "";
        do {
            Message page = gateway.call(noun.listMethod(), request(config, token), call);
            for (Object item : (List<?>) page.getField(items(page))) {
                if (!taken.test((Message) item)) {
                    return;
                }
            }
            token =
                    (String)
                            page.getField(
                                    page.getDescriptorForType().findFieldByName("next_page_token"));
        } while (!token.isEmpty());
    }

    private Message request(Value.Entries config, String token) {
        var type = noun.listMethod().getInputType();
        DynamicMessage.Builder request = DynamicMessage.newBuilder(type);
        if (noun.inProject()) {
            request.setField(
                    type.findFieldByName("parent"),
                    noun.parent(NounRequests.text(config, "project")));
        }
        return request.setField(type.findFieldByName("page_size"), PAGE)
                .setField(type.findFieldByName("page_token"), token)
                .setField(type.findFieldByName("filter"), NounRequests.text(config, "filter"))
                .build();
    }

    private static FieldDescriptor items(Message page) {
        for (FieldDescriptor field : page.getDescriptorForType().getFields()) {
            if (field.isRepeated()) {
                return field;
            }
        }
        throw new IllegalStateException(page.getDescriptorForType().getFullName() + " has no list");
    }
}
