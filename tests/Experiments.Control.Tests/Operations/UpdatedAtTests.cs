using Experiments.Client.Targeting;
using Experiments.Control.Operations;
using Experiments.Control.Storage.LiteDb;
using Experiments.Control.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Control.Tests.Operations;

/// <summary>When <c>updatedAt</c> moves: with a change, and with nothing else.</summary>
public sealed class UpdatedAtTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = new(Start);
    private readonly LiteDbDefinitionStore _store;
    private readonly ExperimentOperations _experiments;
    private readonly AudienceOperations _audiences;
    private readonly VariantOperations _variants;

    public UpdatedAtTests()
    {
        _store = new LiteDbDefinitionStore(_directory.Path);
        _experiments = new ExperimentOperations(_store, _time);
        _audiences = new AudienceOperations(_store, _time);
        _variants = new VariantOperations(_store, _time);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task ChangeAsync_SomethingChanged_MovesUpdatedAtOnly()
    {
        ExperimentView created = await CreateExperimentAsync();
        _time.Advance(TimeSpan.FromSeconds(1));

        ExperimentView changed = Value(await _experiments.ChangeAsync(created.Experiment.Id, new ExperimentChange { Name = "new" })).Value;

        Assert.Equal(Start, changed.Experiment.CreatedAt);
        Assert.Equal(Start.AddSeconds(1), changed.Experiment.UpdatedAt);
    }

    [Fact]
    public async Task ChangeAsync_NothingChanged_WritesNothing()
    {
        ExperimentView created = await CreateExperimentAsync();
        _time.Advance(TimeSpan.FromSeconds(1));

        Mutation<ExperimentView> mutation = Value(await _experiments.ChangeAsync(
            created.Experiment.Id, new ExperimentChange { Name = created.Experiment.Name, Description = (string?)null }));

        Assert.Equal(Start, mutation.Value.Experiment.UpdatedAt);
        Assert.Equal(created.Experiment.Revision, mutation.Value.Experiment.Revision);
        Assert.Null(mutation.Publish);
    }

    [Fact]
    public async Task ApplyAsync_VariantCreated_MovesUpdatedAtOfTheExperiment()
    {
        ExperimentView created = await CreateExperimentAsync();
        _time.Advance(TimeSpan.FromSeconds(1));

        ExperimentView changed = Value(await _variants.ApplyAsync(
            created.Experiment.Id, new VariantBatch { Create = [new VariantInput { Key = "k", Name = "n" }] })).Value;

        Assert.Equal(Start.AddSeconds(1), changed.Experiment.UpdatedAt);
    }

    [Fact]
    public async Task DeleteAsync_AudienceOfADraft_MovesUpdatedAtOfTheExperiment()
    {
        ExperimentView created = await CreateExperimentAsync();
        AudienceView audience = Value(await _audiences.CreateAsync(
            new AudienceInput { Name = "a", EnvironmentId = created.Environment.Id, Rules = [] }));
        await _experiments.ChangeAsync(created.Experiment.Id, new ExperimentChange { AudienceId = audience.Audience.Id });
        _time.Advance(TimeSpan.FromSeconds(1));

        await _audiences.DeleteAsync(audience.Audience.Id);

        ExperimentView found = Value(await _experiments.FindAsync(created.Experiment.Id));
        Assert.Null(found.Experiment.AudienceId);
        Assert.Equal(Start.AddSeconds(1), found.Experiment.UpdatedAt);
    }

    [Fact]
    public async Task ChangeAsync_RulesOfAnAudienceThatNothingUses_RequestsNoPublish()
    {
        ExperimentView created = await CreateExperimentAsync();
        AudienceView audience = Value(await _audiences.CreateAsync(
            new AudienceInput { Name = "a", EnvironmentId = created.Environment.Id, Rules = [] }));

        Mutation<AudienceView> mutation = Value(await _audiences.ChangeAsync(
            audience.Audience.Id, new AudienceChange { Rules = new[] { new TargetingRuleDocument { Conditions = [] } } }));

        Assert.Null(mutation.Publish);
    }

    private static T Value<T>(Result<T> result)
    {
        Assert.Null(result.Error);
        return result.Value!;
    }

    private async Task<ExperimentView> CreateExperimentAsync()
    {
        Guid environmentId = Value(await new EnvironmentOperations(_store, _time).CreateAsync(
            new EnvironmentInput { Name = ApiClient.NewName("env") })).Id;
        return Value(await _experiments.CreateAsync(new ExperimentInput { Key = "k", Name = "n", EnvironmentId = environmentId }));
    }
}
