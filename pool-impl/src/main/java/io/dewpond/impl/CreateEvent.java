package io.dewpond.impl;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A creation ended. Whose call began it nobody can tell, so there is no stack. */
@Name("io.dewpond.Create")
@Label("Create")
@Description("An object was created, or a creation failed or was given up at its timeout")
@StackTrace(false)
final class CreateEvent extends PoolEvent implements Flight.Span {
    @Label("Success")
    boolean success;

    @Label("Failure")
    @Description("What went wrong")
    @Nullable
    String failure;

    private CreateEvent(String pool) {
        super(pool);
    }

    static CreateEvent begun(String pool) {
        CreateEvent event = new CreateEvent(pool);
        event.begin();
        return event;
    }

    @Override
    public void ended(@Nullable Throwable thrown) {
        end();
        if (shouldCommit()) {
            success = thrown == null;
            failure = thrown == null ? null : thrown.toString();
            commit();
        }
    }
}
