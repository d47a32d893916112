package dev.convergence.engine.sql;

import java.sql.SQLException;
import java.sql.Types;
import java.util.UUID;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.postgresql.util.PGobject;

/// Sends `uuid[]` as one text. The driver has no binary form of it and looks at each letter of each
/// id for something to escape, which took a tenth of what a settlement costs in the JVM.
final class UuidArrays extends AbstractArgumentFactory<UUID[]> {

    private static final int UUID_LENGTH = 36;

    UuidArrays() {
        super(Types.ARRAY);
    }

    @Override
    protected Argument build(UUID[] ids, ConfigRegistry config) {
        return (position, statement, _) -> statement.setObject(position, array(ids));
    }

    private static PGobject array(UUID[] ids) throws SQLException {
        StringBuilder text = new StringBuilder(2 + ids.length * (UUID_LENGTH + 1)).append('{');
        for (UUID id : ids) {
            text.append(text.length() == 1 ? "" : ",").append(id);
        }
        PGobject array = new PGobject();
        array.setType("_uuid");
        array.setValue(text.append('}').toString());
        return array;
    }
}
