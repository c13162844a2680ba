package io.dewpond.testkit;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dewpond.Validator;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * What a pool expects of every {@link Validator}, as tests: extend this class, name your validator, and say how to make
 * an object and how to break it.
 *
 * @param <T> the type of the object
 */
public abstract class ValidatorContract<T> {
    /** For subclasses. */
    protected ValidatorContract() {}

    /**
     * Returns the validator under test.
     *
     * @return the validator
     */
    protected abstract Validator<? super T> validator();

    /**
     * Makes an object that is good.
     *
     * @return a new object
     * @throws Exception fails the test
     */
    protected abstract T create() throws Exception;

    /**
     * Breaks an object in the way that the validator is there to notice.
     *
     * @param object a good object
     * @throws Exception fails the test
     */
    protected abstract void breakDown(T object) throws Exception;

    /**
     * Is rid of an object when its test is over. Default: does nothing.
     *
     * @param object the object, perhaps broken
     * @throws Exception fails the test
     */
    protected void destroy(T object) throws Exception {}

    /**
     * Returns how long a verdict may take, also on a broken object; set the pool's {@code validationTimeout} no lower.
     * Default: 5 s.
     *
     * @return the bound
     */
    protected Duration patience() {
        return Duration.ofSeconds(5);
    }

    @Test
    void newObjectIsGoodHoweverOftenItIsAsked() throws Exception {
        T object = create();
        assertTrue(isValid(object), "a new object is found bad");
        assertTrue(isValid(object), "the validator breaks what it checks");
        destroy(object);
    }

    @Test
    void brokenObjectIsFoundBad() throws Exception {
        T object = create();
        breakDown(object);
        assertFalse(isValid(object), "a broken object is found good");
        destroy(object);
    }

    @Test
    void brokenObjectSaysNothingAboutTheNext() throws Exception {
        T broken = create();
        T good = create();
        breakDown(broken);
        assertFalse(isValid(broken));
        assertTrue(isValid(good), "a good object is found bad because another is");
        destroy(broken);
        destroy(good);
    }

    /** As a pool sees it: an exception means the same as false. */
    private boolean isValid(T object) {
        try {
            return Bounded.call("isValid", patience(), () -> validator().isValid(object));
        } catch (Exception bad) {
            return false;
        }
    }
}
