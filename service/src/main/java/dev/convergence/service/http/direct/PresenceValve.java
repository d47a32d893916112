package dev.convergence.service.http.direct;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/// Lets a route that waits ask whether its client is still there.
///
/// A client that closes its connection is noticed by nobody who does not read from it. Tomcat looks
/// for bytes without waiting: what it finds is the beginning of the next request, and it keeps it;
/// the end of the stream it answers like a byte that is there, again and again.
public final class PresenceValve extends ValveBase {

    static final String IS_GONE = "convergence.client_is_gone";

    public PresenceValve() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        BooleanSupplier isGone = () -> isGone(request.getCoyoteRequest());
        request.setAttribute(IS_GONE, isGone);
        getNext().invoke(request, response);
    }

    /// What is left of the body is no news of the client; so is a byte that is not there any more
    /// at the second look.
    private static boolean isGone(org.apache.coyote.Request request) {
        return available(request, false) == 0
                && available(request, true) > 0
                && available(request, true) > 0;
    }

    private static int available(org.apache.coyote.Request request, boolean mayRead) {
        request.action(ActionCode.AVAILABLE, mayRead);
        return request.getAvailable();
    }
}
