package io.dewpond.benchmarks.conformance.script;

import java.sql.Array;
import java.sql.ResultSet;
import org.jspecify.annotations.Nullable;

/** A value of the driver's: metadata, a Blob, an Array, whose result sets each have a statement that nobody sees. */
final class Value extends Thing {
    private final Class<?> type;

    Value(Session session, Class<?> type) {
        super(session, type);
        this.type = type;
    }

    @Override
    @Nullable
    Object answer(Call call) throws Throwable {
        session().requireAlive();
        if (call.simpleName().equals("getConnection")) {
            return session().connection();
        }
        if (call.simpleName().equals("getURL")) {
            return session().database().url();
        }
        if (call.method().getReturnType() == ResultSet.class) {
            return StatementThing.hidden(session(), type == Array.class);
        }
        return other(call);
    }
}
