using Experiments.Control.Definitions;
using Experiments.Control.Storage;
using Experiments.Control.Versions;
using Experiments.Dashboard.Models;

namespace Experiments.Dashboard.Session;

/// <summary>Reads the overview of an environment, all of one moment.</summary>
internal sealed class OverviewReading(IDefinitionStore store, TimeProvider time)
{
    private const int Recent = 8;
    private const int Shown = 6;

    public Task<Overview> ReadAsync(EnvironmentDefinition environment, IReadOnlyList<EnvironmentDefinition> environments) =>
        store.ReadAsync(async reader =>
        {
            var filter = new DefinitionFilter { EnvironmentId = environment.Id };
            PublishState state = await reader.GetPublishStateAsync(environment.Id);
            List<EnvironmentSummary> summaries = [];
            foreach (EnvironmentDefinition one in environments)
            {
                summaries.Add(await SummaryAsync(reader, one));
            }

            return new Overview
            {
                Live = await reader.FindLiveAsync(environment.Id),
                Failed = await FailedAsync(reader, environment.Id),
                Running = await reader.ListAsync<ExperimentDefinition>(filter with { Status = ExperimentStatus.Running }, new PageRange(0, Shown)),
                ExperimentCount = (await reader.ListAsync<ExperimentDefinition>(filter, new PageRange(0, 0))).Total,
                FlagCount = (await reader.ListAsync<FlagDefinition>(filter, new PageRange(0, 0))).Total,
                Waiting = state.Wanted - state.Published,
                Next = await NextAsync(reader, environment.Id),
                Recent = (await reader.ListAuditAsync(new AuditFilter { EnvironmentId = environment.Id }, new PageRange(0, Recent))).Items,
                Environments = summaries,
            };
        });

    private static async ValueTask<EnvironmentSummary> SummaryAsync(IStoreReader reader, EnvironmentDefinition environment)
    {
        PublicationRecord? live = await reader.FindLiveAsync(environment.Id);
        string state = await FailedAsync(reader, environment.Id) is not null ? "failed" : live is null ? "empty" : "published";
        return new EnvironmentSummary(environment.Name, live?.Version, live?.PublishedAt, state);
    }

    private static async ValueTask<PublicationRecord?> FailedAsync(IStoreReader reader, Guid environmentId) =>
        (await reader.ListPublicationsAsync(environmentId, new PageRange(0, 1))).Items is [{ Status: PublicationStatus.Failed } failed] ? failed : null;

    private async ValueTask<IReadOnlyList<UpcomingStep>> NextAsync(IStoreReader reader, Guid environmentId)
    {
        IEnumerable<UpcomingStep> steps =
        [
            .. (await reader.GetAllAsync<ExperimentDefinition>(environmentId)).Where(static one => one.Status == ExperimentStatus.Running)
                .SelectMany(static one => StepsOf(one.Name, $"/experiments/{one.Id}", one.Schedule, one.Split)),
            .. (await reader.GetAllAsync<FlagDefinition>(environmentId)).Where(static one => one is { IsEnabled: true, IsArchived: false })
                .SelectMany(static one => one.Rules.SelectMany(rule => StepsOf(one.Name, $"/flags/{one.Id}", rule.Schedule, rule.Split?.Weights))),
        ];
        DateTimeOffset now = time.GetUtcNow();
        return [.. steps.Where(step => step.At > now).OrderBy(static step => step.At).Take(Shown)];
    }

    private static IEnumerable<UpcomingStep> StepsOf(string name, string href, ScheduleDefinition? schedule, SplitDefinition? split)
    {
        if (schedule?.From is { } from)
        {
            yield return new UpcomingStep(from, name, "starts", href);
        }

        if (schedule?.Until is { } until)
        {
            yield return new UpcomingStep(until, name, "ends", href);
        }

        foreach (RampStepDefinition step in split?.Ramp ?? [])
        {
            yield return new UpcomingStep(step.At, name, $"goes to {Shares.Text(step.Coverage / 10_000m)}", href);
        }
    }
}
