/** The engine behind the contract of {@code io.dewpond}. */
module io.dewpond.impl {
    requires transitive io.dewpond;
    requires org.slf4j;
    requires static org.jspecify;
}
