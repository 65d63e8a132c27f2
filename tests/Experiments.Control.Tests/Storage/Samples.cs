using System.Text.Json;
using Experiments.Client.Targeting;
using Experiments.Control.Definitions;
using Experiments.Control.Storage;

namespace Experiments.Control.Tests.Storage;

/// <summary>Definitions to store.</summary>
internal static class Samples
{
    public static DateTimeOffset Time { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static EnvironmentDefinition Environment(string name) =>
        new() { Id = Guid.NewGuid(), Name = name, CreatedAt = Time, UpdatedAt = Time };

    public static AudienceDefinition Audience(Guid environmentId, string name, DateTimeOffset? createdAt = null) => new()
    {
        Id = Guid.NewGuid(),
        EnvironmentId = environmentId,
        Name = name,
        Rules = [],
        CreatedAt = createdAt ?? Time,
        UpdatedAt = Time,
    };

    public static ExperimentDefinition Experiment(
        Guid environmentId,
        string key,
        ExperimentStatus status = ExperimentStatus.Draft,
        DateTimeOffset? createdAt = null,
        Guid? audienceId = null) => new()
        {
            Id = Guid.NewGuid(),
            EnvironmentId = environmentId,
            Key = key,
            Name = $"Name of {key}",
            Salt = "salt",
            Status = status,
            AudienceId = audienceId,
            CreatedAt = createdAt ?? Time,
            UpdatedAt = Time,
        };

    public static FlagDefinition Flag(Guid environmentId, string key, DateTimeOffset? createdAt = null) => new()
    {
        Id = Guid.NewGuid(),
        EnvironmentId = environmentId,
        Key = key,
        Name = $"Name of {key}",
        Type = FlagType.Boolean,
        CreatedAt = createdAt ?? Time,
        UpdatedAt = Time,
    };

    public static TargetingRuleDocument[] Rules(string attribute, string operand)
    {
        ConditionDocument condition = new() { Attribute = attribute, Operator = "eq", Value = Json(operand) };
        return [new TargetingRuleDocument { Conditions = [condition] }];
    }

    public static JsonElement Json(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = int.MaxValue });
        return document.RootElement.Clone();
    }

    public static Task<EnvironmentDefinition> AddEnvironmentAsync(this IDefinitionStore store, string name) =>
        store.WriteAsync(async writer => Stored(await writer.InsertAsync(Environment(name))));

    public static Task<AudienceDefinition> AddAsync(this IDefinitionStore store, AudienceDefinition audience) =>
        store.WriteAsync(async writer => Stored(await writer.InsertAsync(audience)));

    public static Task<ExperimentDefinition> AddAsync(this IDefinitionStore store, ExperimentDefinition experiment) =>
        store.WriteAsync(async writer => Stored(await writer.InsertAsync(experiment)));

    public static Task<ExperimentDefinition> UpdateAsync(this IDefinitionStore store, ExperimentDefinition experiment) =>
        store.WriteAsync(async writer => Stored(await writer.UpdateAsync(experiment)));

    public static Task<AudienceDefinition?> UpdateAsync(this IDefinitionStore store, AudienceDefinition audience) =>
        store.WriteAsync(writer => writer.UpdateAsync(audience));

    public static Task DeleteAsync(this IDefinitionStore store, ExperimentDefinition experiment) => store.WriteAsync(async writer =>
    {
        await writer.DeleteAsync(experiment);
        return true;
    });

    public static Task DeleteAsync(this IDefinitionStore store, AudienceDefinition audience) => store.WriteAsync(async writer =>
    {
        await writer.DeleteAsync(audience);
        return true;
    });

    public static Task<ExperimentDefinition?> FindExperimentAsync(this IDefinitionStore store, Guid id) =>
        store.ReadAsync(reader => reader.FindAsync<ExperimentDefinition>(id));

    public static Task<AudienceDefinition?> FindAudienceAsync(this IDefinitionStore store, Guid id) =>
        store.ReadAsync(reader => reader.FindAsync<AudienceDefinition>(id));

    public static Task<StorePage<EnvironmentDefinition>> ListEnvironmentsAsync(this IDefinitionStore store, PageRange? range = null) =>
        store.ReadAsync(reader => reader.ListEnvironmentsAsync(range ?? PageRange.All));

    public static Task<StorePage<AudienceDefinition>> ListAudiencesAsync(
        this IDefinitionStore store, Guid? environmentId, PageRange? range = null) =>
        store.ReadAsync(reader => reader.ListAsync<AudienceDefinition>(new DefinitionFilter { EnvironmentId = environmentId }, range ?? PageRange.All));

    public static Task<StorePage<ExperimentDefinition>> ListExperimentsAsync(
        this IDefinitionStore store, Guid? environmentId = null, ExperimentStatus? status = null, PageRange? range = null) =>
        store.ReadAsync(reader => reader.ListAsync<ExperimentDefinition>(
            new DefinitionFilter { EnvironmentId = environmentId, Status = status }, range ?? PageRange.All));

    private static T Stored<T>(T? stored)
        where T : class => stored ?? throw new InvalidOperationException("The name is taken.");
}
