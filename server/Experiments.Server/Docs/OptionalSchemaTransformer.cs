using Experiments.Control.Operations;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Experiments.Server.Docs;

/// <summary>Describes an <see cref="Optional{T}"/> member of a change as what it holds: a member that may be left out.</summary>
internal sealed class OptionalSchemaTransformer : IOpenApiSchemaTransformer
{
    public static bool IsOptional(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Optional<>);

    public async Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        Type type = context.JsonTypeInfo.Type;
        if (!IsOptional(type))
        {
            return;
        }

        OpenApiSchema inner = await context.GetOrCreateSchemaAsync(type.GetGenericArguments()[0], null, cancellationToken);
        schema.Type = inner.Type;
        schema.Format = inner.Format;
        schema.Items = inner.Items;
        schema.Properties = inner.Properties;
        schema.Required = inner.Required;
        schema.AnyOf = inner.AnyOf;
        schema.OneOf = inner.OneOf;
    }
}
