using System.Text.Json;
using Experiments.Control.Definitions;
using Experiments.Control.Storage;

namespace Experiments.Control.Tests.Storage;

public abstract partial class DefinitionStoreContract
{
    [Fact]
    public async Task InsertExperiment_EveryMemberSet_IsReadBackWhole()
    {
        (Guid control, Guid other) = (Guid.NewGuid(), Guid.NewGuid());
        ExperimentDefinition given = Samples.Experiment(Guid.NewGuid(), "checkout", ExperimentStatus.Paused) with
        {
            AudienceId = Guid.NewGuid(),
            Name = "N\u00E4me \uD83D\uDE00",
            Description = "\0 \uD800 \"quoted\" \\ \u2028",
            Salt = "salt \uDE00\uD83D",
            TargetingRules = Samples.Rules("plan", "[1e2, null]"),
            Variants =
            [
                new VariantDefinition { Id = control, Key = "control", Name = "Control" },
                new VariantDefinition { Id = other, Key = "b", Name = "B", Payload = Samples.Json("{}") },
            ],
            Allocations = [new AllocationDefinition { Id = Guid.NewGuid(), VariantId = other, RangeStart = 0, RangeEnd = 9999 }],
            CreatedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(-7)).AddTicks(1),
            UpdatedAt = DateTimeOffset.MaxValue,
        };

        ExperimentDefinition stored = await Store.AddAsync(given);
        await ReopenAsync();

        ExperimentDefinition found = Assert.IsType<ExperimentDefinition>(await Store.FindExperimentAsync(given.Id));
        Assert.Equal((stored.Sequence, 1L), (found.Sequence, found.Revision));
        Assert.Equal((given.EnvironmentId, given.Key, given.Name), (found.EnvironmentId, found.Key, found.Name));
        Assert.Equal((given.Description, given.Salt), (found.Description, found.Salt));
        Assert.Equal((given.Status, given.AudienceId), (found.Status, found.AudienceId));
        Assert.True(given.CreatedAt.EqualsExact(found.CreatedAt));
        Assert.True(given.UpdatedAt.EqualsExact(found.UpdatedAt));
        Assert.True(TargetingRules.AreSame(given.TargetingRules, found.TargetingRules));
        Assert.Equal(given.Allocations, found.Allocations);
        Assert.Equal(given.Variants[0], found.Variants[0]);
        Assert.Equal(given.Variants[1] with { Payload = null }, found.Variants[1] with { Payload = null });
    }

    [Theory]
    [InlineData("""{"a":1.0,"b":1e400,"c":-0,"d":0.1000,"e":12345678901234567890}""")]
    [InlineData("""{ "blank" : [ ] , "twice":1, "twice":2, "escape":"\u0041\/\ud800", "raw":"<ä😀>" }""")]
    public async Task InsertExperiment_Payload_KeepsItsText(string payload)
    {
        ExperimentDefinition experiment = await Store.AddAsync(WithPayload(Samples.Json(payload)));

        ExperimentDefinition? found = await Store.FindExperimentAsync(experiment.Id);

        Assert.Equal(payload, found!.Variants[0].Payload!.Value.GetRawText());
    }

    [Fact]
    public async Task InsertExperiment_PayloadLargeAndDeep_KeepsItsText()
    {
        const int Depth = 5_000;
        string innermost = $$"""{"b":"{{new string('x', 300_000)}}"}""";
        string payload = string.Concat(Enumerable.Repeat("""{"a":""", Depth)) + innermost + new string('}', Depth);
        ExperimentDefinition experiment = await Store.AddAsync(WithPayload(Samples.Json(payload)));

        ExperimentDefinition? found = await Store.FindExperimentAsync(experiment.Id);

        Assert.Equal(payload, found!.Variants[0].Payload!.Value.GetRawText());
    }

    [Fact]
    public async Task InsertExperiment_TrickyKeys_AreDistinctInOneEnvironment()
    {
        Guid environmentId = Guid.NewGuid();
        foreach (string key in s_trickyTexts)
        {
            await Store.AddAsync(Samples.Experiment(environmentId, key));
        }

        foreach (string key in s_trickyTexts)
        {
            Assert.Null(await Store.WriteAsync(writer => writer.InsertAsync(Samples.Experiment(environmentId, key))));
            Assert.NotNull(await Store.WriteAsync(writer => writer.InsertAsync(Samples.Experiment(Guid.NewGuid(), key))));
        }

        Assert.Equal(s_trickyTexts.Reverse(), (await Store.ListExperimentsAsync(environmentId)).Items.Select(experiment => experiment.Key));
    }

    [Fact]
    public async Task UpdateExperiment_StaleOrDeleted_ConflictsAndChangesNothing()
    {
        ExperimentDefinition stale = await Store.AddAsync(Samples.Experiment(Guid.NewGuid(), "a"));
        ExperimentDefinition current = await Store.UpdateAsync(stale with { Name = "current" });

        Assert.Equal(2, current.Revision);
        await Assert.ThrowsAsync<StoreConflictException>(() => Store.UpdateAsync(stale with { Name = "stale" }));
        await Assert.ThrowsAsync<StoreConflictException>(() => Store.DeleteAsync(stale));
        Assert.Equal("current", (await Store.FindExperimentAsync(stale.Id))?.Name);
        await Store.DeleteAsync(current);
        await Assert.ThrowsAsync<StoreConflictException>(() => Store.UpdateAsync(current));
        await Assert.ThrowsAsync<StoreConflictException>(() => Store.DeleteAsync(current));
        Assert.Null(await Store.FindExperimentAsync(stale.Id));
    }

    [Fact]
    public async Task InsertExperiment_AfterDeletingTheLastAndRestart_NeverReusesASequence()
    {
        Guid environmentId = Guid.NewGuid();
        ExperimentDefinition first = await Store.AddAsync(Samples.Experiment(environmentId, "a"));
        ExperimentDefinition second = await Store.AddAsync(Samples.Experiment(environmentId, "b"));
        await Store.DeleteAsync(second);
        await ReopenAsync();

        ExperimentDefinition third = await Store.AddAsync(Samples.Experiment(environmentId, "b") with { Sequence = 1, Revision = 7 });

        Assert.True(first.Sequence < second.Sequence && second.Sequence < third.Sequence);
        Assert.Equal(1, third.Revision);
    }

    [Fact]
    public async Task GetExperimentsByAudience_SomeUseIt_AnswersThoseInInsertionOrder()
    {
        (Guid environmentId, Guid audienceId) = (Guid.NewGuid(), Guid.NewGuid());
        await Store.AddAsync(Samples.Experiment(environmentId, "first", createdAt: Samples.Time.AddDays(1), audienceId: audienceId));
        await Store.AddAsync(Samples.Experiment(environmentId, "none"));
        await Store.AddAsync(Samples.Experiment(environmentId, "other", audienceId: Guid.NewGuid()));
        await Store.AddAsync(Samples.Experiment(environmentId, "second", ExperimentStatus.Running, audienceId: audienceId));
        ExperimentDefinition leaves = await Store.AddAsync(Samples.Experiment(environmentId, "leaves", audienceId: audienceId));
        await Store.UpdateAsync(leaves with { AudienceId = null });

        IReadOnlyList<ExperimentDefinition> found = await Store.ReadAsync(reader => reader.GetExperimentsByAudienceAsync(audienceId));

        Assert.Equal(["first", "second"], found.Select(experiment => experiment.Key));
        Assert.Empty(await Store.ReadAsync(reader => reader.GetExperimentsByAudienceAsync(Guid.NewGuid())));
    }

    private static ExperimentDefinition WithPayload(JsonElement payload) => Samples.Experiment(Guid.NewGuid(), "payload") with
    {
        Variants = [new VariantDefinition { Id = Guid.NewGuid(), Key = "a", Name = "A", Payload = payload }],
    };
}
