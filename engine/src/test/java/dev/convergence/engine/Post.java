package dev.convergence.engine;

import dev.convergence.engine.courier.Courier.Reply;
import dev.convergence.engine.courier.Postman;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/// A mail server: keeps what it was handed, and answers as it is told.
final class Post implements Postman {

    static final Reply TAKEN = new Reply.Answered(250, null, "");

    final List<Mail> mails = new CopyOnWriteArrayList<>();
    private volatile Runnable connecting = () -> {};
    private volatile Function<Mail, Reply> answer = _ -> TAKEN;

    /// What happens before the server listens.
    void connecting(Runnable what) {
        connecting = what;
    }

    void answers(Function<Mail, Reply> function) {
        answer = function;
    }

    @Override
    public boolean isThere() {
        return true;
    }

    @Override
    public Reply send(Mail mail, HandingOver handingOver) {
        connecting.run();
        if (!handingOver.begins()) {
            return new Reply.Unreachable("Not mine any more.");
        }
        mails.add(mail);
        return answer.apply(mail);
    }
}
