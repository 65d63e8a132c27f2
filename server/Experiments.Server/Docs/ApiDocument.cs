using System.Text.Json.Serialization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace Experiments.Server.Docs;

/// <summary>The OpenAPI document and the page that explores it. Neither asks anything from another machine.</summary>
internal static class ApiDocument
{
    private const string Description = """
        Feature flags and A/B tests. Define an environment, an experiment, its variants and allocations, start it, and ask `/api/decide`.
        Every error is `application/problem+json` with a member `error` that says in one sentence what was wrong.
        """;

    public static void AddApiDocument(this IServiceCollection services)
    {
        // Requests are read by our own readers, which take a number for a number and nothing else; this tells the document so.
        services.ConfigureHttpJsonOptions(static options => options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);
        services.AddOpenApi(Describe);
    }

    public static void MapApiDocument(this WebApplication app)
    {
        app.MapOpenApi();
        app.MapScalarApiReference("/docs", static options => options.WithTitle("Experiments")
            .DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp().HideDeveloperTools().HideClientButton());
    }

    private static void Describe(OpenApiOptions options)
    {
        options.AddDocumentTransformer(static (document, _, _) =>
        {
            document.Info.Title = "Experiments";
            document.Info.Version = "v1";
            document.Info.Description = Description;

            // Relative: behind a gateway this process does not know the address under which it is reached.
            document.Servers = [new OpenApiServer { Url = "/" }];
            return Task.CompletedTask;
        });
        options.CreateSchemaReferenceId = static type => OptionalSchemaTransformer.IsOptional(type.Type)
            ? null
            : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        options.AddDocumentTransformer<DecideDocument>();
        options.AddOperationTransformer<QueryParameterTransformer>();
        options.AddOperationTransformer<ErrorTransformer>();
        options.AddSchemaTransformer<ErrorTransformer>();
        options.AddSchemaTransformer<OptionalSchemaTransformer>();
    }
}
