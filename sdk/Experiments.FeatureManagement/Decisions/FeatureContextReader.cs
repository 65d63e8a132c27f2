using System.Buffers;
using System.Text.Json;
using Experiments.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.FeatureManagement.FeatureFilters;

namespace Experiments.FeatureManagement.Decisions;

/// <summary>Finds out for whom to decide: the caller's context, the ambient targeting context, then the application's mappings.</summary>
internal sealed class FeatureContextReader(FeatureManagementRuntime runtime, IServiceProvider services)
{
    private const string UserIdAttribute = "userId";
    private const string GroupsAttribute = "groups";

    private readonly ITargetingContextAccessor? _accessor = services.GetService<ITargetingContextAccessor>();

    public async ValueTask<FeatureDecisionContext> ReadAsync(string feature, object? callerContext, CancellationToken cancellationToken)
    {
        ITargetingContext? targeting = callerContext as ITargetingContext ?? await ReadAmbientAsync(cancellationToken);
        string? userId = targeting?.UserId;
        var context = new FeatureDecisionContext(
            feature, callerContext, targeting, string.IsNullOrEmpty(userId) ? runtime.Options.AnonymousUserKey : userId, services);
        if (targeting?.Groups is { } groups)
        {
            // First, because reading JSON replaces what is there.
            SetGroups(context.Attributes, groups);
        }

        if (!string.IsNullOrEmpty(userId))
        {
            context.Attributes.Set(UserIdAttribute, userId);
        }

        foreach (Func<FeatureDecisionContext, CancellationToken, ValueTask> map in runtime.Options.Mappings)
        {
            await map(context, cancellationToken);
        }

        return context;
    }

    /// <summary>The accessor takes no token: on cancellation it is left to itself.</summary>
    private async ValueTask<ITargetingContext?> ReadAmbientAsync(CancellationToken cancellationToken)
    {
        if (_accessor is null)
        {
            return null;
        }

        ValueTask<TargetingContext> reading = _accessor.GetContextAsync();
        return reading.IsCompleted || !cancellationToken.CanBeCanceled
            ? await reading
            : await reading.AsTask().WaitAsync(cancellationToken);
    }

    private static void SetGroups(DecisionContext attributes, IEnumerable<string> groups)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartArray(GroupsAttribute);
            foreach (string group in groups)
            {
                writer.WriteStringValue(group);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        attributes.SetJson(buffer.WrittenSpan);
    }
}
