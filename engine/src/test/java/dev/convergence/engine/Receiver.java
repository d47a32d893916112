package dev.convergence.engine;

import dev.convergence.engine.courier.Courier;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/// The other end of the wire: keeps what came, and answers as it is told.
final class Receiver implements Courier {

    /// One message as it came.
    record Message(String url, Map<String, String> headers, byte[] body) {

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    static final Reply OK = new Reply.Answered(200, null, "thanks");
    static final Reply BROKEN = new Reply.Answered(500, null, "no");

    final List<Message> messages = new CopyOnWriteArrayList<>();
    private volatile Function<Message, Reply> answer = _ -> OK;

    void answers(Function<Message, Reply> function) {
        answer = function;
    }

    void answers(Reply reply) {
        answer = _ -> reply;
    }

    @Override
    public void check(String url) {}

    @Override
    public Reply post(String url, Map<String, String> headers, byte[] body) {
        Message message = new Message(url, Map.copyOf(headers), body.clone());
        messages.add(message);
        return answer.apply(message);
    }
}
