package dev.convergence.engine.courier;

import java.util.List;

/// Who carries e-mail. Port.
public interface Postman {

    /// Whether this installation has a mail server.
    boolean isThere();

    /// Sends one mail and waits until the server has taken it, or has not.
    ///
    /// @param handingOver is called when the server listens, right before it gets the mail: from
    ///   then on it may have arrived, whatever happens. It answers whether the mail is still to be
    ///   sent
    Courier.Reply send(Mail mail, HandingOver handingOver);

    /// Says that what follows cannot be taken back.
    @FunctionalInterface
    interface HandingOver {
        boolean begins();
    }

    /// One mail.
    ///
    /// @param id the same in every attempt; its message id is made of it
    record Mail(
            String id, List<String> to, List<String> cc, String subject, String text, String html) {

        public Mail {
            to = List.copyOf(to);
            cc = List.copyOf(cc);
        }
    }
}
