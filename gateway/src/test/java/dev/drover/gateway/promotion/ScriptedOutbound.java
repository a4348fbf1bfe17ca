package dev.drover.gateway.promotion;

import dev.drover.gateway.verification.Outbound;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Answers as the test says, and keeps what was asked. */
final class ScriptedOutbound implements Outbound {
    private final List<Request> asked = new ArrayList<>();
    private Function<Request, Answer> script = request -> new Answer.Refused("not scripted");

    /** From now on. */
    void answering(Function<Request, Answer> answers) {
        script = answers;
    }

    /** From now on with this status. */
    void status(int status) {
        answering(request -> received(status, ""));
    }

    List<Request> asked() {
        return asked;
    }

    static Answer received(int status, String body) {
        return new Answer.Received(status, Map.of(), body, true, Duration.ofMillis(5));
    }

    @Override
    public Answer send(Request request) {
        asked.add(request);
        return script.apply(request);
    }
}
