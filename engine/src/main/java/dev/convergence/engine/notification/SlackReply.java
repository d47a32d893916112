package dev.convergence.engine.notification;

import dev.convergence.engine.courier.Courier.Reply;

/// What Slack's answers mean: it takes a message with 200 and `ok`. Some of those who take its
/// messages say nothing.
final class SlackReply {

    private SlackReply() {}

    static Reply of(Reply reply) {
        if (reply instanceof Reply.Answered(int status, _, String text)
                && status / 100 == 2
                && !text.isBlank()
                && !text.strip().equals("ok")) {
            return new Reply.Unreachable("Slack answered " + status + ", but not 'ok': " + text);
        }
        return reply;
    }
}
