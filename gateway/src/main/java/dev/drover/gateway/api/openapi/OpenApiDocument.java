package dev.drover.gateway.api.openapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.rpc.Status;
import dev.drover.gateway.api.dispatch.ServedMethods;
import dev.drover.gateway.api.http.HttpRoute;
import dev.drover.gateway.api.http.HttpRoutes;
import dev.drover.gateway.api.schema.Comments;
import dev.drover.gateway.api.schema.SchemaFiles;
import java.util.List;
import java.util.Locale;

/** Makes the OpenAPI 3.1 document of what is served over HTTP. */
public final class OpenApiDocument {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String SECURITY = "token";

    private OpenApiDocument() {}

    /** The document of a gateway of this version, as JSON. */
    public static String of(ServedMethods methods, String version) {
        List<FileDescriptor> files =
                methods.services().stream().map(ServiceDescriptor::getFile).distinct().toList();
        Comments comments = new Comments(SchemaFiles.with(files));
        Schemas schemas = new Schemas(comments);
        ResourcePaths paths = new ResourcePaths(files);
        RouteDescription routes = new RouteDescription(schemas, comments, paths);

        ObjectNode document = JSON.objectNode().put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "Drover")
                .put("version", version)
                .put("description", "Governed release promotion on HashiCorp Nomad.");
        document.putArray("servers").addObject().put("url", "/");
        document.putArray("security").addObject().putArray(SECURITY);
        document.set("tags", tags(methods, comments));
        ObjectNode items = document.putObject("paths");
        for (HttpRoute route : new HttpRoutes(methods).all()) {
            items.withObjectProperty(paths.of(route.path()).text())
                    .set(route.verb().toLowerCase(Locale.ROOT), routes.describe(route));
        }
        ObjectNode components = document.putObject("components");
        components
                .putObject("securitySchemes")
                .putObject(SECURITY)
                .put("type", "http")
                .put("scheme", "bearer");
        schemas.of(Status.getDescriptor());
        components.set("schemas", schemas.all());
        return document.toPrettyString() + "\n";
    }

    private static ArrayNode tags(ServedMethods methods, Comments comments) {
        ArrayNode tags = JSON.arrayNode();
        methods.services()
                .forEach(service ->
                        tags.addObject()
                                .put("name", service.getName())
                                .put("description", comments.of(service.getFullName())));
        return tags;
    }
}
