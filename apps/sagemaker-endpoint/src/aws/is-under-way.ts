/** States of an endpoint while it is created or changed. */
const UNDER_WAY = ["Creating", "Updating", "SystemUpdating", "RollingBack"];

/** Whether an endpoint in this state is being created or changed. */
export function isUnderWay(status: string | undefined): boolean {
  return status !== undefined && UNDER_WAY.includes(status);
}
