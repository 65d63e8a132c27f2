using Experiments.Control.Api.Responses;
using Experiments.Control.Definitions;
using Experiments.Control.Storage;
using Microsoft.AspNetCore.Http;

namespace Experiments.Control.Api;

/// <summary>Control is well while its definitions can be read.</summary>
internal sealed class ControlHealth(IDefinitionStore store)
{
    /// <exception cref="StoreFailureException">They cannot be read.</exception>
    public async ValueTask CheckAsync(CancellationToken cancellationToken) => await store.ReadAsync(
        static async reader =>
        {
            var one = new PageRange(0, 1);
            await reader.ListEnvironmentsAsync(one);
            await reader.ListAsync<ExperimentDefinition>(new DefinitionFilter(), one);
            return one;
        },
        cancellationToken);

    /// <summary>A store that fails becomes a 503 where every failure of it does.</summary>
    public async Task<IResult> AnswerAsync(CancellationToken cancellationToken)
    {
        await CheckAsync(cancellationToken);
        return Answers.Json(new HealthResponse("ok"));
    }
}
