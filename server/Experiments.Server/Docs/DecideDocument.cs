using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Experiments.Server.Docs;

/// <summary>
/// Describes <c>/api/decide</c>. Its handler reads the raw request for speed, so nothing about it can be found by reflection; it is
/// described in every document, because callers reach it under the same address wherever it runs.
/// </summary>
internal sealed class DecideDocument : IOpenApiDocumentTransformer
{
    private const string Json = "application/json";
    private const string Problem = "application/problem+json";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Paths["/api/decide"] = new OpenApiPathItem
        {
            Operations = new Dictionary<HttpMethod, OpenApiOperation>
            {
                [HttpMethod.Get] = Describe(parameters:
                [
                    Query("user_key", "Stable identifier of the user", isRequired: true),
                    Query("env", "Name of the environment", isRequired: true),
                    Query("context", "URL-encoded JSON object: what targeting looks at", isRequired: false),
                    Query("include", "Further parts of the answer, with commas between them: flags", isRequired: false),
                ]),
                [HttpMethod.Post] = Describe(body: Body()),
            },
        };
        return Task.CompletedTask;
    }

    private static OpenApiSchema Body()
    {
        OpenApiSchema body = Object(
            ("user_key", Text("Stable identifier of the user")),
            ("env", Text("Name of the environment")),
            ("context", new OpenApiSchema { Type = JsonSchemaType.Object, Description = "What targeting looks at" }),
            ("include", Include()));
        body.Required = new HashSet<string>(StringComparer.Ordinal) { "user_key", "env" };
        return body;
    }

    private static OpenApiSchema Include() => new()
    {
        Description = "Further parts of the answer: a list, or one text with commas",
        OneOf =
        [
            new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["flags"] } },
            new OpenApiSchema { Type = JsonSchemaType.String },
        ],
    };

    private static OpenApiOperation Describe(IList<IOpenApiParameter>? parameters = null, OpenApiSchema? body = null) => new()
    {
        Tags = new HashSet<OpenApiTagReference> { new("Decide") },
        Summary = "Decides every experiment of an environment for one user",
        Parameters = parameters,
        RequestBody = body is null ? null : new OpenApiRequestBody { Required = true, Content = Content(Json, body) },
        Responses = new OpenApiResponses
        {
            ["200"] = new OpenApiResponse { Description = "The assignments and, where asked for, the flags, in snapshot order", Content = Content(Json, Answer()) },
            ["400"] = Error("Something about the request is wrong"),
            ["429"] = Error("Over the rate limit; see retry-after"),
            ["503"] = Error("Nothing is published under this environment's name"),
        },
    };

    private static OpenApiSchema Answer() => Object(
        ("user_key", Text("As asked")),
        ("environment", Text("As asked")),
        ("config_version", new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "Version of the snapshot that decided" }),
        ("assignments", new OpenApiSchema
        {
            Type = JsonSchemaType.Array,
            Items = Object(
                ("experiment_key", Text("Key of the experiment")),
                ("experiment_id", Text("Id of the experiment")),
                ("variant_key", Text("Key of the variant")),
                ("variant_id", Text("Id of the variant")),
                ("payload", new OpenApiSchema { Description = "The variant's payload; absent where it has none" })),
        }),
        ("flags", new OpenApiSchema
        {
            Type = JsonSchemaType.Array,
            Description = "Every flag; only with include=flags",
            Items = Object(
                ("key", Text("Key of the flag")),
                ("variant", new OpenApiSchema
                {
                    Type = JsonSchemaType.String | JsonSchemaType.Null,
                    Description = "Key of the variant; null where the caller's fallback applies",
                }),
                ("value", new OpenApiSchema { Description = "The variant's value; null where there is no variant" }),
                ("reason", Text("Why, such as SPLIT or TARGETING_MATCH; a rule may name one of its own")),
                ("rule", Text("Id of the rule that decided; absent where there is none")),
                ("error", Text("What went wrong where the reason is ERROR, such as CYCLE"))),
        }));

    private static OpenApiSchema Object(params ReadOnlySpan<(string Name, OpenApiSchema Schema)> members)
    {
        var schema = new OpenApiSchema { Type = JsonSchemaType.Object, Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal) };
        foreach ((string name, OpenApiSchema member) in members)
        {
            schema.Properties.Add(name, member);
        }

        return schema;
    }

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };

    private static OpenApiParameter Query(string name, string description, bool isRequired) => new()
    {
        Name = name,
        In = ParameterLocation.Query,
        Required = isRequired,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        Example = name == "env" ? JsonValue.Create("prod") : name == "user_key" ? JsonValue.Create("user-123") : null,
    };

    private static OpenApiResponse Error(string description) => new()
    {
        Description = description,
        Content = Content(Problem, Object(("status", new OpenApiSchema { Type = JsonSchemaType.Integer }), ("error", Text("What was wrong")))),
    };

    private static Dictionary<string, OpenApiMediaType> Content(string type, OpenApiSchema schema) =>
        new(StringComparer.Ordinal) { [type] = new OpenApiMediaType { Schema = schema } };
}
