package dev.convergence.engine.notification;

import java.util.List;
import java.util.UUID;

/// Who finds the words of messages. Port.
@FunctionalInterface
public interface Composer {

    /// A message as it is sent: the same bytes in every attempt.
    ///
    /// @param subject one line, for the history and a mail's head
    /// @param payload a mail as JSON, the body of a POST, or a line of the log
    record Composed(String subject, byte[] payload) {}

    /// @param recipients of a mail; empty for those that the channel names
    Composed compose(Channel channel, Notice notice, UUID delivery, List<String> recipients);
}
