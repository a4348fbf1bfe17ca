package dev.drover.provider.protocol;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.drover.provider.framework.Call;
import dev.drover.provider.framework.DataSource;
import dev.drover.provider.framework.Reader;
import dev.drover.provider.framework.Schema;
import dev.drover.provider.framework.Value;
import dev.drover.provider.tfplugin6.ReadDataSource;

/** Reads a data source. */
final class ReadDataSourceRpc extends Rpc<ReadDataSource.Request> {
    ReadDataSourceRpc(Session session) {
        super(session);
    }

    @Override
    public String name() {
        return "ReadDataSource";
    }

    @Override
    ReadDataSource.Request parse(byte[] request) throws InvalidProtocolBufferException {
        return ReadDataSource.Request.parseFrom(request);
    }

    @Override
    ReadDataSource.Response answer(ReadDataSource.Request request, Call call) {
        DataSource source = session().dataSource(request.getTypeName());
        Schema schema = source.schema();
        Value.Entries config = Values.decodeBlock(schema.type(), request.getConfig());
        Value state = Reader.read(source, config, call);
        return ReadDataSource.Response.newBuilder()
                .setState(Values.encode(schema.type(), state))
                .addAllDiagnostics(Messages.diagnostics(call))
                .build();
    }

    @Override
    ReadDataSource.Response failed(ReadDataSource.Request request, Call call) {
        return ReadDataSource.Response.newBuilder()
                .addAllDiagnostics(Messages.diagnostics(call))
                .build();
    }
}
