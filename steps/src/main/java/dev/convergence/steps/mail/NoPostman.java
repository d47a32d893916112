package dev.convergence.steps.mail;

import dev.convergence.engine.courier.Courier.Reply;
import dev.convergence.engine.courier.Postman;

/// Stands where an installation has no mail server.
public final class NoPostman implements Postman {

    @Override
    public boolean isThere() {
        return false;
    }

    @Override
    public Reply send(Mail mail, HandingOver handingOver) {
        return new Reply.Unreachable("This installation has no mail server: SMTP_URL is not set.");
    }
}
