using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Experiments.Server.Docs;

/// <summary>Adds what every error has beyond the usual members, and the errors of every route that takes a body.</summary>
internal sealed class ErrorTransformer : IOpenApiSchemaTransformer, IOpenApiOperationTransformer
{
    private const string BadRequest = "400";

    private static readonly (string Status, string Description)[] BodyErrors =
        [("413", "Payload Too Large"), ("415", "Unsupported Media Type")];

    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonTypeInfo.Type == typeof(ProblemDetails))
        {
            schema.Properties?.TryAdd("error", new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Description = "What was wrong, in one sentence",
            });
        }

        return Task.CompletedTask;
    }

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (operation.RequestBody is not null && operation.Responses is { } responses && responses.TryGetValue(BadRequest, out IOpenApiResponse? error))
        {
            foreach ((string status, string description) in BodyErrors)
            {
                responses.TryAdd(status, new OpenApiResponse { Description = description, Content = error.Content });
            }
        }

        return Task.CompletedTask;
    }
}
